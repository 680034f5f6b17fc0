import type { Json, JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import { getOwn, setOwn } from '../own.ts';
import type { PathAst, PathStep } from './ast.ts';
import { accepts } from './filter.ts';
import { applyFunction } from './functions.ts';
import type { Effort } from './effort.ts';
import { canonical, propertyText, stepText } from './describe.ts';
import { countsScan } from './parse.ts';
import { PathNotFound } from './path-not-found.ts';

/** Values the path may start from, for paths inside filters. */
export interface Roots {
  readonly input: Json;
  readonly item?: Json;
  context(): Json;
  variable(name: string): Json | undefined;
  readonly effort: Effort;
}

/**
 * The value at a path: one value for a definite path; for an indefinite one an array, which is empty
 * also where the path breaks off early.
 *
 * @throws PathNotFound when a definite path matches nothing.
 */
export function evaluatePath(path: PathAst, start: Json, roots: Roots): Json {
  const results: Json[] = [];
  const walk = new Walk(path, roots, results);
  if (!path.definite) {
    try {
      walk.run(start);
    } catch (error) {
      if (!(error instanceof PathNotFound)) throw error;
    }
    return results;
  }
  walk.run(start);
  const value = results[results.length - 1];
  if (value === undefined) {
    throw new PathNotFound(`No results for path: ${canonical(path, path.steps.length)}`);
  }
  return value;
}

/** Like evaluatePath; undefined when it would throw. */
function findPath(path: PathAst, start: Json, roots: Roots): Json | undefined {
  try {
    return evaluatePath(path, start, roots);
  } catch (error) {
    if (error instanceof PathNotFound) return undefined;
    throw error;
  }
}

class Walk {
  readonly #path: PathAst;
  readonly #roots: Roots;
  readonly #results: Json[];

  constructor(path: PathAst, roots: Roots, results: Json[]) {
    this.#path = path;
    this.#roots = roots;
    this.#results = results;
  }

  run(start: Json): void {
    const { steps } = this.#path;
    const last = steps[steps.length - 1];
    if (last?.kind === 'function' && countsScan(steps)) {
      this.#walk(start, 0, true, steps.length - 1);
      const found = this.#results.splice(0);
      this.#results.push(this.#apply(last, found));
      return;
    }
    this.#walk(start, 0, true, steps.length);
  }

  /** `definite`: whether the steps before this one match one value only. */
  #walk(value: Json, at: number, definite: boolean, end: number): void {
    this.#roots.effort.step();
    const step = this.#path.steps[at];
    if (step === undefined || at >= end) {
      this.#results.push(value);
      return;
    }
    switch (step.kind) {
      case 'properties':
        this.#properties(value, step.names, at, definite, end);
        return;
      case 'indices':
        if (!this.#isArray(value, step, at, definite)) return;
        for (const index of step.indices) {
          this.#element(value, index, at, definite && step.indices.length === 1, end);
        }
        return;
      case 'slice':
        if (!this.#isArray(value, step, at, definite)) return;
        for (const index of sliceIndices(value.length, step.from, step.to)) {
          this.#element(value, index, at, false, end);
        }
        return;
      case 'wildcard':
        for (const item of childrenOf(value)) this.#walk(item, at + 1, false, end);
        return;
      case 'filter':
        this.#filter(value, step, at, definite, end);
        return;
      case 'scan':
        this.#scan(value, at + 1, end);
        return;
      case 'function':
        this.#walk(this.#apply(step, value), at + 1, definite, end);
    }
  }

  #properties(
    value: Json,
    names: readonly string[],
    at: number,
    definite: boolean,
    end: number,
  ): void {
    if (!isObject(value)) {
      if (!definite) return;
      throw new PathNotFound(
        `Property ${propertyText(names)} not found in path ${canonical(this.#path, at)}`,
      );
    }
    if (names.length > 1) {
      this.#severalProperties(value, names, at, end);
      return;
    }
    const found = getOwn(value, names[0] as string);
    if (found !== undefined) {
      this.#walk(found, at + 1, definite, end);
    } else if (definite && at + 1 < end) {
      throw new PathNotFound(`Missing property in path ${canonical(this.#path, at + 1)}`);
    }
  }

  #severalProperties(value: JsonObject, names: readonly string[], at: number, end: number): void {
    if (at + 1 === end) {
      const merged: JsonObject = {};
      for (const name of names) {
        const found = getOwn(value, name);
        if (found !== undefined) setOwn(merged, name, found);
      }
      this.#results.push(merged);
      return;
    }
    for (const name of names) {
      const found = getOwn(value, name);
      if (found !== undefined) this.#walk(found, at + 1, false, end);
    }
  }

  #isArray(value: Json, step: PathStep, at: number, definite: boolean): value is Json[] {
    if (Array.isArray(value)) return true;
    if (!definite) return false;
    throw new PathNotFound(
      value === null
        ? `The path ${canonical(this.#path, at)} is null`
        : `Filter: ${stepText(step)} can only be applied to arrays. ` +
            `Current context is: ${JSON.stringify(value)}`,
    );
  }

  #element(array: Json[], index: number, at: number, definite: boolean, end: number): void {
    const item = array[index < 0 ? array.length + index : index];
    if (item !== undefined) this.#walk(item, at + 1, definite, end);
  }

  #filter(
    value: Json,
    step: PathStep & { kind: 'filter' },
    at: number,
    definite: boolean,
    end: number,
  ): void {
    if (typeof value !== 'object' || value === null) {
      if (!definite) return;
      throw new PathNotFound(
        `Filter: [?] can not be applied to primitives. Current context is: ${JSON.stringify(value)}`,
      );
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      if (this.#accepts(step, item)) this.#walk(item, at + 1, false, end);
    }
  }

  #accepts(step: PathStep & { kind: 'filter' }, item: Json): boolean {
    return accepts(
      step.condition,
      item,
      (path, current) => this.#lookup(path, current),
      this.#roots.effort,
    );
  }

  #lookup(path: PathAst, item: Json): Json | undefined {
    const start = rootValue(path, { ...this.#bound(), item });
    return start === undefined ? undefined : findPath(path, start, this.#roots);
  }

  #bound(): Roots {
    const roots = this.#roots;
    return {
      input: roots.input,
      context: () => roots.context(),
      variable: (name) => roots.variable(name),
      effort: roots.effort,
    };
  }

  /** Parents before their children, in the order of the document. */
  #scan(value: Json, at: number, end: number): void {
    this.#roots.effort.step();
    const step = this.#path.steps[at];
    if (step === undefined) return;
    if (scanMatches(step, value)) {
      if (step.kind === 'filter' && !Array.isArray(value)) {
        if (this.#accepts(step, value)) this.#walk(value, at + 1, false, end);
      } else if (step.kind !== 'filter') {
        this.#walk(value, at, false, end);
      }
    }
    for (const child of childrenOf(value)) this.#scan(child, at, end);
  }

  #apply(step: PathStep & { kind: 'function' }, value: Json): Json {
    const args = step.args.map((arg) => {
      if (arg.kind === 'path') return this.#lookup(arg.path, value);
      return arg.kind === 'literal' ? arg.value : undefined;
    });
    const result = applyFunction(step.name, value, args);
    if (result === undefined) {
      throw new PathNotFound(
        `No results for path: ${canonical(this.#path, this.#path.steps.length)}`,
      );
    }
    return result;
  }
}

/** The value a path starts from; undefined for a variable that has none. */
export function rootValue(path: PathAst, roots: Roots): Json | undefined {
  switch (path.root.kind) {
    case 'input':
      return roots.input;
    case 'context':
      return roots.context();
    case 'variable':
      return roots.variable(path.root.name);
    case 'item':
      return roots.item;
  }
}

function scanMatches(step: PathStep, value: Json): boolean {
  switch (step.kind) {
    case 'properties':
      return isObject(value) && step.names.every((name) => Object.hasOwn(value, name));
    case 'indices':
    case 'slice':
      return Array.isArray(value);
    case 'filter':
    case 'wildcard':
      return typeof value === 'object' && value !== null;
    case 'scan':
    case 'function':
      return false;
  }
}

function childrenOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

/**
 * A negative start counts from the end only where the slice has no end, and the other way round;
 * with both given they are taken as they stand, so `[0:-1]` is empty. That is how the library
 * behind the service does it.
 */
function sliceIndices(length: number, from: number | undefined, to: number | undefined): number[] {
  let start = from ?? 0;
  let stop = to ?? length;
  if (to === undefined && start < 0) start = Math.max(0, length + start);
  if (from === undefined && stop < 0) stop = length + stop;
  stop = Math.min(length, stop);
  const indices: number[] = [];
  for (let index = start; index < stop; index++) {
    if (index >= -length) indices.push(index);
  }
  return indices;
}
