import { KIND, type Schema } from './schemas.ts';
import { isBlob, isTimestamp, LIST, MAP, member, spellings } from './shape.ts';

/** Thrown for arguments that a call does not take, as Step Functions refuses them. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

interface Member {
  readonly name: string;
  readonly schema: Schema;
  /** It is the whole body of the HTTP message (`smithy.api#httpPayload`). */
  readonly isBody: boolean;
}

type Node =
  | { readonly kind: 'simple'; readonly type: number }
  | { readonly kind: 'list'; readonly of: Schema }
  | { readonly kind: 'map'; readonly of: Schema }
  | { readonly kind: 'structure'; readonly name: string; readonly members: readonly Member[] };

type Values = Readonly<Record<string, unknown>>;

/**
 * A Task's arguments as the client of the service takes them: members by the API's own names,
 * moments as dates, bytes as bytes. Bytes are the text where they are a message's body, and Base64
 * elsewhere; what is no text is written as JSON.
 * @throws NotTaken for a member that the call does not have
 */
export function toApi(schema: Schema, value: unknown, isOptimised: boolean): unknown {
  const convert = (given: Schema, at: unknown, path: string, isBody: boolean): unknown => {
    const node = nodeOf(given);
    if (node.kind === 'simple') return simpleToApi(node.type, at, isBody);
    if (node.kind === 'list') {
      if (!Array.isArray(at)) throw new NotTaken(`${path} must be a list`);
      return at.map((item, index) => convert(node.of, item, `${path}[${index}]`, false));
    }
    if (!isRecord(at))
      throw new NotTaken(`${path === '' ? 'what it is given' : path} must be an object`);
    if (node.kind === 'map') {
      return mapped(at, (inner, key) => convert(node.of, inner, `${path}.${key}`, false));
    }
    const entries = Object.entries(at).flatMap(([key, inner]) => {
      const found = node.members.find((each) =>
        spellings(each.name, node.name, isOptimised).includes(key),
      );
      const where = path === '' ? key : `${path}.${key}`;
      if (found === undefined) throw new NotTaken(`the call has no member ${where}`);
      if (inner === null) return [];
      return [[found.name, convert(found.schema, inner, where, found.isBody)]];
    });
    return Object.fromEntries(entries);
  };
  return convert(schema, value, '', false);
}

/**
 * What the client answered as Step Functions gives it: members in its spelling, moments as ISO 8601
 * texts, bytes as the text of a message's body and as Base64 elsewhere. A body that is a stream must
 * have been read to a text before.
 */
export function fromApi(schema: Schema, value: unknown, isOptimised: boolean): unknown {
  const convert = (given: Schema, at: unknown, isBody: boolean): unknown => {
    const node = nodeOf(given);
    if (node.kind === 'simple') return simpleFromApi(node.type, at, isBody);
    if (node.kind === 'list') return (at as unknown[]).map((item) => convert(node.of, item, false));
    const values = at as Values;
    if (node.kind === 'map') return mapped(values, (inner) => convert(node.of, inner, false));
    const entries = node.members.flatMap(({ name, schema: of, isBody: body }) => {
      const inner = values[name];
      if (inner === undefined || inner === null) return [];
      // The API's own spelling comes last.
      const spelling = spellings(name, node.name, isOptimised).at(isOptimised ? -1 : 0) as string;
      return [[spelling, convert(of, inner, body)]];
    });
    return Object.fromEntries(entries);
  };
  return convert(schema, value, false);
}

function nodeOf(given: Schema): Node {
  const schema = typeof given === 'function' ? given() : given;
  if (typeof schema === 'string') return { kind: 'structure', name: 'Unit', members: [] };
  if (typeof schema === 'number') {
    if (schema >= MAP) return { kind: 'map', of: schema - MAP };
    if (schema >= LIST) return { kind: 'list', of: schema - LIST };
    return { kind: 'simple', type: schema };
  }
  const [kind, , name, , first, second] = schema as readonly unknown[];
  if (kind === KIND.simple) return nodeOf(first as Schema);
  if (kind === KIND.list) return { kind: 'list', of: member(first) };
  if (kind === KIND.map) return { kind: 'map', of: member(second) };
  const written = second as readonly unknown[];
  const members = (first as readonly string[]).map((each, index) => ({
    name: each,
    schema: member(written[index]),
    isBody: isBody(written[index]),
  }));
  return { kind: 'structure', name: String(name), members };
}

/** Traits are bits, or an object where one has a value. */
function isBody(written: unknown): boolean {
  const traits: unknown = Array.isArray(written) && written.length === 2 ? written[1] : 0;
  if (typeof traits === 'number') return (traits & 16) !== 0;
  return typeof traits === 'object' && traits !== null && 'httpPayload' in traits;
}

function simpleToApi(type: number, at: unknown, isBody: boolean): unknown {
  if (isTimestamp(type)) return new Date(typeof at === 'number' ? at * 1000 : String(at));
  if (isBlob(type)) {
    if (typeof at !== 'string') return Buffer.from(JSON.stringify(at));
    const bytes = Buffer.from(at, 'base64');
    return !isBody && bytes.toString('base64') === at ? bytes : Buffer.from(at);
  }
  if (type === 0 && typeof at !== 'string') return JSON.stringify(at);
  if ([1, 17, 19].includes(type) && typeof at === 'string') return Number(at);
  if (type === 2 && typeof at === 'string') return at === 'true';
  return at;
}

function simpleFromApi(type: number, at: unknown, isBody: boolean): unknown {
  // As Java's Instant writes it: no fraction where it is zero.
  if (at instanceof Date) return at.toISOString().replace('.000Z', 'Z');
  if (at instanceof Uint8Array) return Buffer.from(at).toString(isBody ? 'utf8' : 'base64');
  if (typeof at === 'bigint') return Number(at);
  // `NumericValue` of the SDK: a number with more digits than a double has.
  if ((type === 17 || type === 19) && isRecord(at)) return Number(at['string']);
  return at;
}

function mapped(values: Values, of: (value: unknown, key: string) => unknown): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, of(value, key)]));
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
