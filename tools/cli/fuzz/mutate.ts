import { type Choices, seeded } from '@harmony/schema/sample';

const PIECES = [
  '\uFEFF',
  '\0',
  '\u2028',
  '\ud800',
  '!!x ',
  '!!binary ',
  '&a ',
  '*a',
  '<<: ',
  '.nan',
  '.inf',
  '\t',
  '---\n',
  '%YAML 9\n',
  '{',
  ']',
  '"',
  '"__proto__":',
  '- ',
  '? ',
  '${X}',
  '{% ( %}',
  '1e999',
  '-',
  '/*',
  '#',
] as const;

const VALUES = [
  null,
  true,
  '',
  'x',
  '$',
  '{% $ %}',
  '{% ( %}',
  'x'.repeat(70_000),
  0,
  -1,
  1.5,
  2 ** 53,
  1e300,
  [],
  [null],
  {},
  { '': {} },
  { Ref: 'Nobody' },
  { $ref: '#' },
  { 'Fn::Join': [',', [null, {}]] },
  { 'Fn::GetAtt': 'Role' },
  deep(30),
  deep(5_000),
] as const;

const KEYS = ['constructor', 'toString', 'hasOwnProperty', '', '$ref', 'Ref', 'a.$', '0'] as const;

/** The bytes of a file that differs from the proper one, or has nothing of it; the same for a seed. */
export function mutated(proper: Buffer, seed: number): Buffer {
  const choices = seeded(seed);
  const of = <T>(items: readonly T[]): T => items[choices.choose(items.length)] as T;
  let bytes = proper;
  for (let times = 1 + choices.choose(3); times > 0; times--) {
    bytes = of([asValue, asValue, asValue, asText, asBytes, asWhole])(bytes, choices);
  }
  return bytes;
}

type Mutation = (bytes: Buffer, choices: Choices) => Buffer;

/** A place of the JSON: left out, renamed, or another value. */
const asValue: Mutation = (bytes, choices) => {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    return asText(bytes, choices);
  }
  // A depth that JSON.stringify cannot write is one that no file has.
  try {
    return Buffer.from(JSON.stringify(changed(value, choices)) ?? '');
  } catch {
    return bytes;
  }
};

function changed(value: unknown, choices: Choices): unknown {
  const other = (): unknown => VALUES[choices.choose(VALUES.length)];
  if (typeof value !== 'object' || value === null || choices.choose(8) === 0) return other();
  const entries = Object.entries(value);
  if (entries.length === 0) return other();
  const at = choices.choose(entries.length);
  const [name, inner] = entries[at] as [string, unknown];
  const kind = choices.choose(12);
  if (kind === 0) entries.splice(at, 1);
  else if (kind === 1) entries[at] = [KEYS[choices.choose(KEYS.length)] as string, inner];
  else if (kind === 2) entries.push([KEYS[choices.choose(KEYS.length)] as string, other()]);
  else entries[at] = [name, changed(inner, choices)];
  if (Array.isArray(value)) return entries.map(([, item]) => item);
  return Object.fromEntries(entries);
}

/** A piece put in, or a part cut out. */
const asText: Mutation = (bytes, choices) => {
  const text = bytes.toString();
  const at = choices.choose(text.length + 1);
  const piece = PIECES[choices.choose(PIECES.length)] as string;
  return Buffer.from(text.slice(0, at) + piece + text.slice(at + choices.choose(5)));
};

/** A byte changed, or the file cut short. */
const asBytes: Mutation = (bytes, choices) => {
  const at = choices.choose(bytes.length + 1);
  if (choices.choose(3) === 0) return bytes.subarray(0, at);
  const copy = Buffer.from(bytes);
  if (at < copy.length) copy[at] = choices.choose(256);
  return copy;
};

/** Another file altogether. */
const asWhole: Mutation = (bytes, choices) => {
  const wholes: readonly (() => Buffer)[] = [
    () => Buffer.alloc(0),
    () => Buffer.from(JSON.stringify(VALUES[choices.choose(VALUES.length)])),
    () => Buffer.from(Array.from({ length: choices.choose(40) }, () => choices.choose(256))),
    () => Buffer.from(`\uFEFF${bytes.toString()}`, 'utf16le'),
    () => Buffer.from(`${'['.repeat(100_000)}`),
    () => Buffer.from(`${'a:\n '.repeat(3)}${'- '.repeat(20_000)}`),
    () => Buffer.from('a: &a [x, x]\n' + 'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n'),
  ];
  return (wholes[choices.choose(wholes.length)] as () => Buffer)();
};

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
