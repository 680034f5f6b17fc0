import {
  expressionIn,
  ExpressionSyntaxError,
  type PathAst,
  parsePath,
} from '@harmony/engine/expressions';
import { decide, type Decided } from './jsonata-guards.ts';
import { parsed } from './jsonata-node.ts';
import { pathKeys } from './jsonpath-keys.ts';
import type { StateJson } from './flow.ts';
import type { Reporter } from './reporter.ts';

const NONE: Decided = { yes: new Map(), no: new Map() };

/** What a Choice's Condition says of what is there. */
export function decideCondition(condition: unknown): Decided {
  const expression = typeof condition === 'string' ? expressionIn(condition) : undefined;
  if (expression === undefined) return NONE;
  return unlessUnreadable(() => decide(parsed(expression), new Map())) ?? NONE;
}

/** Paths that lead to a value where a JSONPath rule applies, and where it does not. */
export interface DecidedPaths {
  readonly yes: readonly PathAst[];
  readonly no: readonly PathAst[];
}

/**
 * Every comparison but IsPresent fails the state where its Variable leads nowhere, so after it the
 * value is there, whatever was decided.
 * https://states-language.net/spec.html#choice-state
 */
export function decideComparison(rule: unknown): DecidedPaths {
  if (typeof rule !== 'object' || rule === null) return { yes: [], no: [] };
  const { Variable: variable, IsPresent: asked, And: and, Or: or, Not: not } = rule as StateJson;
  if (Array.isArray(and)) {
    const inner = and.map(decideComparison);
    return { yes: inner.flatMap(({ yes }) => yes), no: inCommon(inner.map(({ no }) => no)) };
  }
  if (Array.isArray(or)) {
    const inner = or.map(decideComparison);
    return { yes: inCommon(inner.map(({ yes }) => yes)), no: inner.flatMap(({ no }) => no) };
  }
  if (not !== undefined) {
    const { yes, no } = decideComparison(not);
    return { yes: no, no: yes };
  }
  const path =
    typeof variable === 'string' ? unlessUnreadable(() => parsePath(variable)) : undefined;
  if (!path) return { yes: [], no: [] };
  if (asked === undefined) return { yes: [path], no: [path] };
  return asked === true ? { yes: [path], no: [] } : { yes: [], no: [path] };
}

function inCommon(lists: readonly (readonly PathAst[])[]): PathAst[] {
  const [first = [], ...others] = lists;
  return first.filter((path) =>
    others.every((list) => list.some((other) => keyOfPath(other) === keyOfPath(path))),
  );
}

function keyOfPath(path: PathAst): string {
  return pathKeys(path).at(-1) ?? '';
}

/** What any Choice asks to be there counts as asked for wherever it is read in those words. */
export function collectGuards(value: unknown, reporter: Reporter): void {
  if (typeof value !== 'object' || value === null) return;
  const { Choices: choices } = value as StateJson;
  for (const rule of Array.isArray(choices) ? (choices as StateJson[]) : []) {
    const { yes, no } = decideCondition(rule['Condition']);
    for (const [key, node] of [...yes, ...no]) reporter.guarded.set(key, node);
    collectPaths(rule, reporter);
  }
  for (const child of Object.values(value)) collectGuards(child, reporter);
}

function collectPaths(rule: unknown, reporter: Reporter): void {
  if (typeof rule !== 'object' || rule === null) return;
  const { Variable: variable, IsPresent: asked } = rule as StateJson;
  if (typeof variable === 'string' && asked !== undefined) {
    const path = unlessUnreadable(() => parsePath(variable));
    for (const key of path ? pathKeys(path) : []) reporter.guardedPaths.add(key);
  }
  for (const field of ['And', 'Or', 'Not']) {
    for (const inner of [(rule as StateJson)[field]].flat()) collectPaths(inner, reporter);
  }
}

/** The language itself is the business of `harmony validate`. */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}
