import type { JsonSchema } from '../json.ts';
import { digest } from '../canonical.ts';
import type { SchemaDocument } from '../document.ts';
import type { StringTest } from '../regex/language.ts';
import { spend } from '../work.ts';
import { matches } from '../regex/matches.ts';

/**
 * A condition that the shapes do not express (`not`, `if`, `contains`, an overlapping `oneOf`, …).
 * A value of the shape meets it or not; only an equal condition on the other side is known to be met.
 */
export interface Opaque {
  readonly keyword: string;
  readonly key: string;
}

interface Common {
  readonly opaque: readonly Opaque[];
}

/** The values of one JSON type that one alternative of a schema accepts. */
export type Shape = NullShape | BooleanShape | NumberShape | StringShape | ArrayShape | ObjectShape;

export type NullShape = Common & { readonly kind: 'null' };
export type BooleanShape = Common & {
  readonly kind: 'boolean';
  readonly values: readonly boolean[];
};
export type NumberShape = Common & {
  readonly kind: 'number';
  readonly min: number;
  readonly minOpen: boolean;
  readonly max: number;
  readonly maxOpen: boolean;
  readonly integer: boolean;
  readonly multiples: readonly number[];
  /** Formats of numbers (`int32`): asked for, where a receiver asserts them; never relied upon. */
  readonly formats: readonly string[];
  /** The keyword a single value comes from, for messages. */
  readonly from?: 'enum' | 'const';
};
export type StringShape = Common & {
  readonly kind: 'string';
  readonly minLength: number;
  readonly maxLength: number;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
  readonly values?: readonly string[];
  readonly from?: 'enum' | 'const';
};
export type ArrayShape = Common & {
  readonly kind: 'array';
  readonly minItems: number;
  readonly maxItems: number;
  readonly unique: boolean;
  readonly prefix: readonly Node[];
  readonly rest: Node;
};
/** What one `properties`/`patternProperties`/`additionalProperties` together say of each field. */
export interface Facet {
  readonly properties: ReadonlyMap<string, Node>;
  readonly patterns: readonly (readonly [source: string, node: Node])[];
  readonly additional: Node;
}
export type ObjectShape = Common & {
  readonly kind: 'object';
  readonly required: ReadonlySet<string>;
  readonly minProperties: number;
  readonly maxProperties: number;
  /** All of them hold. */
  readonly facets: readonly Facet[];
  /** What every field's name must be. */
  readonly names: readonly Node[];
};

/** One subschema of a document. */
export interface Part {
  readonly document: SchemaDocument;
  readonly schema: JsonSchema;
}

/**
 * The values that satisfy all of `parts` and, for each list in `fixed`, one of its shapes. A node is
 * cheap: its shapes are worked out when asked for.
 */
export class Node {
  readonly parts: readonly Part[];
  readonly fixed: readonly (readonly Shape[])[];
  #meaning: string | undefined;

  constructor(parts: readonly Part[], fixed: readonly (readonly Shape[])[] = []) {
    this.parts = parts.filter((part) => part.schema !== true);
    this.fixed = fixed;
  }

  and(other: Node): Node {
    if (other.parts.length === 0 && other.fixed.length === 0) return this;
    if (this.parts.length === 0 && this.fixed.length === 0) return other;
    const meanings = new Set(this.parts.map(meaningOf));
    const parts = [...this.parts, ...other.parts.filter((part) => !meanings.has(meaningOf(part)))];
    return new Node(parts, [...this.fixed, ...other.fixed]);
  }

  /** Equal only for nodes that accept the same values, in whatever documents they are. */
  get meaning(): string {
    this.#meaning ??= digest(
      [
        ...new Set([
          ...this.parts.map(meaningOf),
          ...this.fixed.map((shapes) => `fixed ${shapes.map(shapeKey).sort().join(' | ')}`),
        ]),
      ]
        .sort()
        .join(' & '),
    );
    return this.#meaning;
  }
}

export const ANYTHING = new Node([]);

function meaningOf(part: Part): string {
  return part.document.meaning(part.schema);
}

const described = new WeakMap<object, string>();

/** Equal only for shapes that accept the same values. */
export function shapeKey(shape: Shape): string {
  if (!described.has(shape)) spend(3);
  return describe(shape);
}

/** As `canonicalJson`, in one pass over what a shape is made of: thousands are described. */
function describe(value: unknown): string {
  if (value instanceof Node) return `<${value.meaning}>`;
  if (value instanceof Map || value instanceof Set) {
    return `{${[...(value as Iterable<unknown>)].map(describe).sort().join()}}`;
  }
  if (Array.isArray(value)) return `[${value.map(describe).join()}]`;
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  // Shapes that are cut from one another share what they are made of.
  let text = described.get(value);
  if (text !== undefined) return text;
  text = '{';
  for (const key of Object.keys(value).sort()) {
    text += `${JSON.stringify(key)}:${describe((value as Record<string, unknown>)[key])},`;
  }
  described.set(value, (text = digest(`${text}}`)));
  return text;
}

const fields = new WeakMap<ObjectShape, Map<string, Node>>();

/** What a field named `name` must satisfy. */
export function fieldNode(shape: ObjectShape, name: string): Node {
  let known = fields.get(shape);
  if (known === undefined) fields.set(shape, (known = new Map()));
  let node = known.get(name);
  if (node === undefined) known.set(name, (node = joinFacets(shape, name)));
  return node;
}

function joinFacets(shape: ObjectShape, name: string): Node {
  let node = ANYTHING;
  for (const facet of shape.facets) {
    const own = facet.properties.get(name);
    const matching = facet.patterns.filter(([source]) => matches(source, name));
    if (own) node = node.and(own);
    for (const [, other] of matching) node = node.and(other);
    if (!own && matching.length === 0) node = node.and(facet.additional);
  }
  return node;
}

export function itemNode(shape: ArrayShape, index: number): Node {
  return shape.prefix[index] ?? shape.rest;
}

export function fieldNames(shape: ObjectShape): string[] {
  const names = new Set(shape.required);
  for (const facet of shape.facets) for (const name of facet.properties.keys()) names.add(name);
  return [...names];
}

export function stringTests(shape: StringShape): StringTest[] {
  const tests: StringTest[] = shape.patterns.map((source) => ({ kind: 'pattern', source }));
  if (shape.values) tests.push({ kind: 'values', values: shape.values });
  if (shape.minLength > 0 || shape.maxLength < Infinity) {
    tests.push({ kind: 'length', min: shape.minLength, max: shape.maxLength });
  }
  return tests;
}
