import type { ChildOutput, Contract } from '@harmony/contract';
import type { StageText } from './stage/stage-text.ts';

declare const VALUE: unique symbol;

/** Marks a reference at run time; a configuration read from JSON can never hold it. */
const REFERENCE: unique symbol = Symbol('harmony.reference');

/** Stands in a configuration for a value of type `T` that an earlier target will put out. */
export interface ReferenceTo<out T> {
  readonly [VALUE]: T;
}

/** A reference that leads on to the fields its value is sure to have. */
export type Reference<T> = ReferenceTo<T> & Fields<T>;

/** No items of lists: how many there are shows at run time only. */
type Fields<T> = [T] extends [readonly unknown[]]
  ? unknown
  : [T] extends [object]
    ? { readonly [F in SureFields<T>]: Reference<T[F]> }
    : unknown;

type SureFields<T> = keyof {
  [
    F in keyof T as string extends F
      ? never
      : number extends F
        ? never
        : undefined extends T[F]
          ? never
          : F
  ]: never;
} &
  keyof T;

/**
 * A configuration in which any text may be one that the stage completes, and any field, at any
 * depth but not inside a list, a reference.
 */
export type Referring<C> = unknown extends C
  ? C
  : C extends string
    ? C | StageText
    : C extends readonly unknown[]
      ? StageTextIn<C> | ReferenceTo<C>
      : C extends object
        ? { readonly [F in keyof C]: Referring<C[F]> | ReferenceTo<Exclude<C[F], undefined>> }
        : C;

/** No run-time references: those cannot stand inside lists. */
type StageTextIn<C> = unknown extends C
  ? C
  : C extends string
    ? C | StageText
    : C extends object
      ? { readonly [F in keyof C]: StageTextIn<C[F]> }
      : C;

/** Where a reference leads. */
export interface ReferenceData {
  /** The id of the target whose output it reads. */
  readonly target: string;
  /** The name of that target's child. */
  readonly child: string;
  readonly path: readonly string[];
}

/**
 * Refers to the output of an earlier target: `outputOf(tagCompliance, 'tag-compliance').indexKey`
 * in a configuration is, at run time, what that target's child put out there. The target waits for
 * the other as if it were in `dependsOn`.
 *
 * @param contract the child that the other target runs
 * @param target the other target's id
 */
export function outputOf<K extends Contract>(
  contract: K,
  target: string,
): Reference<ChildOutput<K>> {
  return reference({ target, child: contract.name, path: [] }) as Reference<ChildOutput<K>>;
}

function reference(data: ReferenceData): object {
  return new Proxy(Object.freeze({}), {
    get: (_, key) => {
      if (key === REFERENCE) return data;
      if (typeof key === 'symbol') return undefined;
      return reference({ ...data, path: [...data.path, key] });
    },
  });
}

/** The data of a reference; undefined for any other value. */
function referenceIn(value: unknown): ReferenceData | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { [REFERENCE]?: ReferenceData })[REFERENCE];
}

/** `/indexKey`: a path as a pointer. Names with a slash in them are refused when defined. */
export function pointerOf(path: readonly string[]): string {
  return path.map((key) => `/${key}`).join('');
}

/** A reference found in a configuration, and the place it was taken out of. */
export interface FoundReference extends ReferenceData {
  readonly at: readonly string[];
}

/** Takes the references out of a configuration; `null` is left where each was. */
export function takeReferences(configuration: unknown): {
  readonly configuration: unknown;
  readonly references: readonly FoundReference[];
  /** Paths of references inside lists. */
  readonly inLists: readonly (readonly (string | number)[])[];
} {
  const references: FoundReference[] = [];
  const inLists: (readonly (string | number)[])[] = [];
  const walk = (value: unknown, at: readonly (string | number)[]): unknown => {
    const data = referenceIn(value);
    if (data !== undefined) {
      if (at.some((key) => typeof key === 'number')) inLists.push(at);
      else references.push({ ...data, at: at as readonly string[] });
      return null;
    }
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...at, index]));
    if (!isPlain(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, [...at, key])]),
    );
  };
  return { configuration: walk(configuration, []), references, inLists };
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
