import { nearest } from '@harmony/aws-calls';
import {
  alternatives,
  declarer,
  declaredField,
  declaredItem,
  declaredNames,
  declaredTypes,
} from './declared.ts';
import { either, type Fact, type JsonType, scalar, unknown } from './fact.ts';

/** What reading one field gives. */
export type Read =
  | { readonly kind: 'found'; readonly fact: Fact; readonly maybe: boolean }
  /** Surely absent: `reason` completes "… ". */
  | { readonly kind: 'absent'; readonly reason: string };

const found = (fact: Fact, maybe = false): Read => ({ kind: 'found', fact, maybe });
const absent = (reason: string): Read => ({ kind: 'absent', reason });

/** How an item of a list stands in the path of a payload that is drafted. */
export const ITEM = '[]';
/** Beyond, a flow that goes round would make paths without end. */
const MAX_DRAFTED = 8;

function within(fact: Extract<Fact, { kind: 'unknown' }>, step: string): Fact {
  if (fact.path === undefined) return fact;
  return fact.path.length < MAX_DRAFTED
    ? { ...fact, path: [...fact.path, step] }
    : unknown(fact.reason);
}

export function readField(fact: Fact, name: string): Read {
  switch (fact.kind) {
    // Nothing is known of it, so not that it may be absent either.
    case 'unknown':
      return found(within(fact, name));
    case 'context':
      return readField(fact.object, name);
    case 'scalar':
      return absent(`is read from a ${fact.type}, which has no fields`);
    case 'array':
      return absent('is read from an array; name an item or [*]');
    case 'object': {
      const own = fact.fields.get(name);
      if (own) return found(own.fact, own.maybe);
      if (fact.base) return readField(fact.base, name);
      const names = [...fact.fields.keys()];
      return absent(
        `is in nothing that the states before it produce (${names.join(', ') || 'no field'})`,
      );
    }
    case 'declared':
      return merge(alternatives(fact).map((option) => readDeclared(option, name)));
    case 'either':
      return merge(fact.options.map((option) => readField(option, name)));
  }
}

function readDeclared(fact: Extract<Fact, { kind: 'declared' }>, name: string): Read {
  const field = declaredField(fact, name);
  if (field) return found(field.fact, field.maybe);
  const types = declaredTypes(fact.schema);
  const by = declarer(fact);
  if (isOpen(fact) || (types === undefined && declaredNames(fact).length === 0)) {
    return found(unknown(`${fact.path}, which ${by} declares without a type`));
  }
  if (types && !types.includes('object')) {
    return absent(`is read from ${fact.path}, which ${by} declares as ${types.join(' or ')}`);
  }
  const near = nearest(name, declaredNames(fact));
  const hint =
    near === undefined
      ? ` (${declaredNames(fact).join(', ') || 'no field'})`
      : `: did you mean ${near}?`;
  return absent(`isn't a field that ${by} declares in ${fact.path || 'the input'}${hint}`);
}

/** Of AWS's answers some objects may hold anything. */
function isOpen({ schema, absentAtTimes }: Extract<Fact, { kind: 'declared' }>): boolean {
  return (
    absentAtTimes !== undefined &&
    typeof schema === 'object' &&
    schema['type'] === 'object' &&
    schema['additionalProperties'] === undefined
  );
}

/** Absent only where it is absent in every case. */
function merge(reads: readonly Read[]): Read {
  const present = reads.filter((read) => read.kind === 'found');
  const [first] = reads;
  if (present.length === 0) return first ?? absent('is read from nothing');
  const maybe = present.length < reads.length || present.some((read) => read.maybe);
  return found(either(present.map(({ fact }) => fact)), maybe);
}

/** What each item is; undefined where the value is surely no array. */
export function itemOf(fact: Fact): Fact | undefined {
  switch (fact.kind) {
    case 'array':
      return fact.item;
    case 'unknown':
      return within(fact, ITEM);
    case 'declared': {
      const items = alternatives(fact).flatMap((option) => {
        const types = declaredTypes(option.schema);
        if (types && !types.includes('array')) return [];
        return [declaredItem(option) ?? unknown(`an item of ${option.path}`)];
      });
      return items.length === 0 ? undefined : either(items);
    }
    case 'either': {
      const items = fact.options.flatMap((option) => itemOf(option) ?? []);
      return items.length === 0 ? undefined : either(items);
    }
    default:
      return undefined;
  }
}

/** What stands at a place of an array; undefined where the value is surely no array. */
export function itemAt(fact: Fact, index: number): Fact | undefined {
  if (fact.kind === 'either') {
    const items = fact.options.flatMap((option) => itemAt(option, index) ?? []);
    return items.length === 0 ? undefined : either(items);
  }
  return (fact.kind === 'array' ? fact.at?.[index] : undefined) ?? itemOf(fact);
}

/** JSON types that the value may have; undefined where that is not known. */
export function typesOf(fact: Fact): readonly JsonType[] | undefined {
  switch (fact.kind) {
    case 'unknown':
      return undefined;
    case 'scalar':
      return [fact.type];
    case 'array':
      return ['array'];
    case 'object':
    case 'context':
      return ['object'];
    case 'declared':
      return joinTypes(alternatives(fact).map(({ schema }) => declaredTypes(schema)));
    case 'either':
      return joinTypes(fact.options.map(typesOf));
  }
}

function joinTypes(
  lists: readonly (readonly JsonType[] | undefined)[],
): readonly JsonType[] | undefined {
  const known = lists.filter((types) => types !== undefined);
  return known.length < lists.length ? undefined : [...new Set(known.flat())];
}

/** `fact` with another value at a path of field names (ResultPath). */
export function withField(fact: Fact, path: readonly string[], value: Fact): Fact {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (fact.kind === 'either') {
    return either(fact.options.map((option) => withField(option, path, value)));
  }
  const read = readField(fact, name);
  const inner = read.kind === 'found' && rest.length > 0 ? read.fact : scalar('null');
  const field = { fact: rest.length > 0 ? withField(inner, rest, value) : value, maybe: false };
  if (fact.kind === 'object') return { ...fact, fields: new Map([...fact.fields, [name, field]]) };
  return { kind: 'object', fields: new Map([[name, field]]), base: fact };
}
