import type { Declarations } from './declarations.ts';
import { memberName } from './names.ts';
import { KIND, type Schema } from './schemas.ts';

/** JSON Schema, as far as AWS's models need it. */
export type Shape = Readonly<Record<string, unknown>>;

/** Simple types (`@smithy/types`, sentinels); 64 makes a list of one, 128 a map. */
const TYPES: Readonly<Record<number, Shape>> = {
  0: { type: 'string' },
  1: { type: 'number' },
  2: { type: 'boolean' },
  15: {},
  17: { type: 'number' },
  19: { type: 'number' },
};
export const LIST = 64;
export const MAP = 128;
export const isTimestamp = (type: number) => type >= 4 && type <= 7;
export const isBlob = (type: number) => type === 21 || type === 42;

/** Which way a value goes: what Step Functions takes is wider than what it gives. */
export type Direction = 'call' | 'answer';

export interface ShapeOptions {
  readonly direction: Direction;
  readonly isOptimised: boolean;
  readonly declarations: Declarations;
}

/**
 * A shape of a service as a JSON Schema with `$defs`, its members spelt as Step Functions does.
 * Structures are closed (`additionalProperties: false`).
 */
export function shapeOf(
  schema: Schema,
  { direction, isOptimised, declarations }: ShapeOptions,
): Shape {
  const $defs: Record<string, Shape> = {};

  const convert = (given: Schema): Shape => {
    const resolved = typeof given === 'function' ? given() : given;
    if (typeof resolved === 'number') return simple(resolved);
    // A shape without members is written as the word "unit".
    if (typeof resolved === 'string') return structure('Unit', [], [], 0);
    const [kind, , name, , first, second, required] = resolved as unknown[];
    switch (kind) {
      case KIND.simple:
        return convert(first as Schema);
      case KIND.list:
        return { type: 'array', items: convert(member(first)) };
      case KIND.map:
        return { type: 'object', additionalProperties: convert(member(second)) };
      default: {
        const key = String(name);
        if (!Object.hasOwn($defs, key)) {
          $defs[key] = {};
          $defs[key] = structure(
            key,
            first as readonly string[],
            second as readonly Schema[],
            typeof required === 'number' ? required : 0,
          );
        }
        return { $ref: `#/$defs/${key}` };
      }
    }
  };

  const structure = (
    name: string,
    members: readonly string[],
    schemas: readonly Schema[],
    required: number,
  ): Shape => ({
    type: 'object',
    properties: Object.fromEntries(
      members.flatMap((each, index) => {
        const shape = convert(member(schemas[index]));
        const valued = withValues(shape, declarations.enumeration(name, each));
        return spellings(each, name, isOptimised).map((spelling) => [spelling, valued]);
      }),
    ),
    required: members
      .slice(0, required)
      .filter((_, index) => !isFilledIn(schemas[index]))
      .map(memberName),
    additionalProperties: false,
  });

  const simple = (type: number): Shape => {
    if (type >= MAP) return { type: 'object', additionalProperties: simple(type - MAP) };
    if (type >= LIST) return { type: 'array', items: simple(type - LIST) };
    if (isTimestamp(type)) {
      return direction === 'call'
        ? { type: ['string', 'number'] }
        : { type: 'string', format: 'date-time' };
    }
    // Any JSON may be given for bytes; what comes back is a text.
    if (isBlob(type)) return direction === 'call' ? {} : { type: 'string' };
    return TYPES[type] ?? {};
  };

  return { ...convert(schema), $defs };
}

/** A member may be written with traits of its own: `[schema, traits]`. */
export function member(written: unknown): Schema {
  return Array.isArray(written) && written.length === 2
    ? (written[0] as Schema)
    : (written as Schema);
}

/** A token that the SDK makes up where it is not given (`smithy.api#idempotencyToken`). */
function isFilledIn(written: unknown): boolean {
  const traits: unknown = Array.isArray(written) && written.length === 2 ? written[1] : 0;
  if (typeof traits === 'number') return (traits & 4) !== 0;
  return typeof traits === 'object' && traits !== null && 'idempotencyToken' in traits;
}

function withValues(shape: Shape, values: readonly string[] | undefined): Shape {
  if (values === undefined) return shape;
  if (shape['type'] === 'string') return { ...shape, examples: values };
  if (shape['type'] === 'array') {
    return { ...shape, items: withValues(shape['items'] as Shape, values) };
  }
  return shape;
}

/**
 * AWS documents the SDK integrations' spelling. Of the optimised ones some keep the API's own
 * (`MD5OfMessageBody`), and so do DynamoDB's types in public definitions: both are taken there.
 */
export function spellings(api: string, structure: string, isOptimised: boolean): readonly string[] {
  const name = memberName(api);
  if (!isOptimised && structure !== 'AttributeValue') return [name];
  return [...new Set([name, api.charAt(0).toUpperCase() + api.slice(1)])];
}

/** The definition that a shape refers to. */
function resolved(shape: Shape): Shape {
  const name =
    typeof shape['$ref'] === 'string' ? shape['$ref'].replace('#/$defs/', '') : undefined;
  return name === undefined ? shape : ((shape['$defs'] as Record<string, Shape>)[name] as Shape);
}

export function membersOf(shape: Shape): readonly string[] {
  return Object.keys((resolved(shape)['properties'] ?? {}) as object);
}

/** The shape at a path of members; `[]` goes into a list. */
export function partOf(shape: Shape, path: readonly string[]): Shape {
  return path.reduce((at: Shape, step) => {
    const { properties, items } = resolved(at);
    const inner = step === '[]' ? items : (properties as Record<string, Shape>)[step];
    return { ...(inner as Shape), $defs: shape['$defs'] };
  }, shape);
}

/** The shape with more members. */
export function closedWith(shape: Shape, more: Readonly<Record<string, Shape>>): Shape {
  const own = resolved(shape);
  return {
    ...own,
    properties: { ...(own['properties'] as object), ...more },
    $defs: shape['$defs'] ?? {},
  };
}

/** The shape with anything at all allowed at a path: `Entries[].Detail`. */
export function anythingAt(shape: Shape, path: string): Shape {
  const $defs = shape['$defs'];
  const change = (at: Shape, [step, ...rest]: readonly string[]): Shape => {
    if (step === undefined) return {};
    const own = resolved({ ...at, $defs });
    if (step === '[]') return { ...own, items: change(own['items'] as Shape, rest) };
    const properties = own['properties'] as Record<string, Shape>;
    return { ...own, properties: { ...properties, [step]: change(properties[step] ?? {}, rest) } };
  };
  return { ...change(shape, path.replaceAll('[]', '.[]').split('.')), $defs };
}
