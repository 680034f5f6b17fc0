/** Values of the formats of JSON Schema 2020-12: an automaton has no part in most of them. */
export const FORMAT_SAMPLES: { readonly [format: string]: readonly string[] | undefined } = {
  date: ['2026-01-31', '2024-02-29', '1999-12-31'],
  time: ['12:30:00Z', '23:59:59.5+01:00'],
  'date-time': ['2026-01-31T12:30:00Z', '2024-02-29T23:59:59.5Z', '2026-01-31T12:30:00+01:00'],
  duration: ['P1D', 'PT30M'],
  email: ['a@b.co', 'first.last@example.com'],
  'idn-email': ['a@b.co'],
  hostname: ['example.com', 'a'],
  'idn-hostname': ['example.com'],
  ipv4: ['192.0.2.1', '10.0.0.255'],
  ipv6: ['2001:db8::1', '::'],
  uri: ['https://example.com/a?b=c', 'urn:a:b'],
  'uri-reference': ['/a/b', 'https://example.com'],
  iri: ['https://example.com/a'],
  'iri-reference': ['/a/b'],
  'uri-template': ['https://example.com/{id}'],
  uuid: ['6f1f9f4e-7f0a-4c1e-9a57-0a6a3c1d2b3e', '00000000-0000-0000-0000-000000000000'],
  'json-pointer': ['/a/0', ''],
  'relative-json-pointer': ['1/a', '0#'],
  regex: ['^a+$', ''],
};

/** Does the format say something of numbers, or nothing that is known? */
export function mayConcernNumbers(format: string): boolean {
  return !(format in FORMAT_SAMPLES) && !STRING_FORMATS.has(format);
}

/** Formats of OpenAPI that are no part of JSON Schema, and say nothing of numbers. */
const STRING_FORMATS = new Set(['byte', 'binary', 'password', 'url']);
