/** The drafts of JSON Schema that are read, the oldest first. */
export const DRAFTS = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'] as const;
export type Draft = (typeof DRAFTS)[number];

/** What `$schema` may name; http or https, with or without the empty fragment. */
const ADDRESSES: Readonly<Record<string, Draft>> = {
  'json-schema.org/draft-04/schema': 'draft-04',
  'json-schema.org/draft-06/schema': 'draft-06',
  'json-schema.org/draft-07/schema': 'draft-07',
  'json-schema.org/draft/2019-09/schema': '2019-09',
  'json-schema.org/draft/2020-12/schema': '2020-12',
};

/** The draft that `$schema` names, 2020-12 where there is none; undefined for another. */
export function draftOf(address: unknown): Draft | undefined {
  if (address === undefined) return '2020-12';
  if (typeof address !== 'string') return undefined;
  const name = address.replace(/^https?:\/\//, '').replace(/#$/, '');
  return Object.hasOwn(ADDRESSES, name) ? ADDRESSES[name] : undefined;
}

/** Does the draft come before the other? */
export function isBefore(draft: Draft, other: Draft): boolean {
  return DRAFTS.indexOf(draft) < DRAFTS.indexOf(other);
}

/** What holds subschemas, and how: one of them, a list, or a map from names. */
export type Holds = 'one' | 'list' | 'map';

interface Keyword {
  /** The first and the last draft that knows it; without a last one, the newest still does. */
  readonly since: Draft;
  readonly until?: Draft;
  readonly holds?: Holds | 'one or list' | 'map of schemas or names';
  /** What to write instead, in a schema that is not of those drafts. */
  readonly instead?: string;
}

const every = (holds?: Keyword['holds']): Keyword => ({
  since: 'draft-04',
  ...(holds ? { holds } : {}),
});
const since = (draft: Draft, holds?: Keyword['holds']): Keyword => ({
  ...every(holds),
  since: draft,
});

/** Every keyword that decides whether a value is valid. */
export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['$ref', every()],
  ['type', every()],
  ['enum', every()],
  ['const', since('draft-06')],
  ['multipleOf', every()],
  ['minimum', every()],
  ['maximum', every()],
  ['exclusiveMinimum', every()],
  ['exclusiveMaximum', every()],
  ['minLength', every()],
  ['maxLength', every()],
  ['pattern', every()],
  ['format', every()],
  ['minItems', every()],
  ['maxItems', every()],
  ['uniqueItems', every()],
  ['items', every('one or list')],
  ['prefixItems', since('2020-12', 'list')],
  [
    'additionalItems',
    { ...every('one'), until: '2019-09', instead: '`items` beside `prefixItems`' },
  ],
  ['contains', since('draft-06', 'one')],
  ['minContains', since('2019-09')],
  ['maxContains', since('2019-09')],
  ['required', every()],
  ['minProperties', every()],
  ['maxProperties', every()],
  ['properties', every('map')],
  ['patternProperties', every('map')],
  ['additionalProperties', every('one')],
  ['propertyNames', since('draft-06', 'one')],
  [
    'dependencies',
    {
      ...every('map of schemas or names'),
      until: 'draft-07',
      instead: '`dependentRequired` or `dependentSchemas`',
    },
  ],
  ['dependentRequired', since('2019-09')],
  ['dependentSchemas', since('2019-09', 'map')],
  ['allOf', every('list')],
  ['anyOf', every('list')],
  ['oneOf', every('list')],
  ['not', every('one')],
  ['if', since('draft-07', 'one')],
  ['then', since('draft-07', 'one')],
  ['else', since('draft-07', 'one')],
  ['unevaluatedItems', since('2019-09', 'one')],
  ['unevaluatedProperties', since('2019-09', 'one')],
  ['$dynamicRef', since('2020-12')],
  [
    '$recursiveRef',
    { since: '2019-09', until: '2019-09', instead: '`$dynamicRef` in 2020-12, or `$ref`' },
  ],
]);

/** Keywords that no draft has, but tools read: to them they decide what is valid. */
export const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['nullable', 'a word of OpenAPI 3.0: write "type": ["string", "null"] or the like'],
  ['divisibleBy', 'a keyword of draft-03: write `multipleOf`'],
  ['disallow', 'a keyword of draft-03: write `not`'],
  ['extends', 'a keyword of draft-03: write `allOf`'],
]);

/** Where definitions lie; walked for what they name, decide nothing themselves. */
export const CONTAINERS = ['$defs', 'definitions'] as const;

/** The subschemas that a keyword's value holds, with the keys that lead to them. */
export function subschemas(
  keyword: string,
  value: unknown,
): readonly (readonly [keys: readonly string[], schema: unknown])[] {
  const holds = CONTAINERS.includes(keyword as (typeof CONTAINERS)[number])
    ? 'map'
    : KEYWORDS.get(keyword)?.holds;
  if (holds === undefined || value === undefined) return [];
  if (Array.isArray(value)) {
    if (holds !== 'list' && holds !== 'one or list') return [];
    return value.map((item, index) => [[keyword, String(index)], item] as const);
  }
  if (holds === 'one' || holds === 'one or list') return [[[keyword], value]];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).filter(([, item]) => !Array.isArray(item));
  return entries.map(([name, item]) => [[keyword, name], item] as const);
}
