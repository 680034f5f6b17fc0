import type { JsonSchema } from '@harmony/schema';

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** What is known of a value before anything runs. */
export type Fact =
  /** A value that a schema declares, with where it stands there; `applied`: its defaults are. */
  | {
      readonly kind: 'declared';
      readonly schema: JsonSchema;
      readonly root: JsonSchema;
      readonly path: string;
      readonly applied?: boolean;
      /** AWS declares it, not the contract: which paths its model knows to be absent at times. */
      readonly absentAtTimes?: ReadonlySet<string>;
    }
  /** Made by the definition itself; fields that it does not name are those of `base`. */
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Field>; readonly base?: Fact }
  /** `at`: each by its place, where that is known. */
  | { readonly kind: 'array'; readonly item: Fact; readonly at?: readonly Fact[] }
  | {
      readonly kind: 'scalar';
      readonly type: JsonType;
      readonly value?: string | number | boolean | null;
    }
  /** The context object: passed on whole, it is no use of the input it holds. */
  | { readonly kind: 'context'; readonly object: Fact }
  /** Nothing declares it; `reason` says where it comes from, `path` where in a payload that is drafted. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly path?: readonly string[] }
  | { readonly kind: 'either'; readonly options: readonly Fact[] };

export interface Field {
  readonly fact: Fact;
  /** It may be absent. */
  readonly maybe: boolean;
}

export const unknown = (reason: string): Fact => ({ kind: 'unknown', reason });
export const scalar = (type: JsonType): Fact => ({ kind: 'scalar', type });
export const NOTHING: Fact = { kind: 'object', fields: new Map() };

export function object(fields: Readonly<Record<string, Fact | Field>>, base?: Fact): Fact {
  const entries = Object.entries(fields).map(([name, value]): [string, Field] => [
    name,
    'kind' in value ? { fact: value, maybe: false } : value,
  ]);
  return { kind: 'object', fields: new Map(entries), ...(base ? { base } : {}) };
}

/** Ways a value may have come about that are told apart; beyond, nothing is known. */
const MAX_OPTIONS = 12;
const MAX_FINGERPRINT = 20_000;

/** What holds where either fact may hold. */
export function either(facts: readonly Fact[]): Fact {
  const options = new Map<string, Fact>();
  for (const fact of facts) {
    for (const option of fact.kind === 'either' ? fact.options : [fact]) {
      options.set(fingerprint(option), option);
    }
  }
  const distinct = [...options.values()];
  if (distinct.length > MAX_OPTIONS) return unknown('a value that comes about in too many ways');
  return distinct.length === 1 ? (distinct[0] as Fact) : { kind: 'either', options: distinct };
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

/** Equal texts for equal facts. */
export function fingerprint(fact: Fact): string {
  const text = describeFact(fact, 0);
  return text.length > MAX_FINGERPRINT ? text.slice(0, MAX_FINGERPRINT) : text;
}

function describeFact(fact: Fact, depth: number): string {
  if (depth > 8) return '…';
  const inner = (child: Fact) => describeFact(child, depth + 1);
  switch (fact.kind) {
    case 'declared':
      return `${fact.path}#${identity(fact.schema)}`;
    case 'object': {
      const fields = [...fact.fields].map(
        ([name, field]) => `${name}${field.maybe ? '?' : ''}:${inner(field.fact)}`,
      );
      return `{${fields.sort().join()}${fact.base ? `;${inner(fact.base)}` : ''}}`;
    }
    case 'array':
      return `[${(fact.at ?? [fact.item]).map(inner).join()}]`;
    case 'scalar':
      return `${fact.type}=${JSON.stringify(fact.value)}`;
    case 'context':
      return 'context';
    case 'unknown':
      return `?${fact.reason} ${JSON.stringify(fact.path)}`;
    case 'either':
      return `(${fact.options.map(inner).sort().join('|')})`;
  }
}

function identity(schema: JsonSchema): number {
  if (typeof schema === 'boolean') return schema ? -1 : -2;
  let known = identities.get(schema);
  if (known === undefined) identities.set(schema, (known = ++lastIdentity));
  return known;
}
