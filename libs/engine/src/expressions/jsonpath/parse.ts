import { Cursor } from './cursor.ts';
import { parseFilterExpression, parseOperand, type PathParser } from './parse-filter.ts';
import type { PathAst, PathRoot, PathStep } from './ast.ts';

/** Functions at the end of a path, e.g. `$.items.length()`. */
const pathFunctions = new Set([
  'avg',
  'concat',
  'first',
  'index',
  'keys',
  'last',
  'length',
  'max',
  'min',
  'size',
  'stddev',
  'sum',
]);

const variableName = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const integer = /-?\d+/y;
/** A name after a dot runs up to whatever starts the next step; `store-id` and `säule` are names. */
const dottedName = /[^\s.[\]()]+/y;

/**
 * Parses `$…`, `$$…` or `$variable…` whole; blanks at its ends do not count, as on the service.
 *
 * @throws ExpressionSyntaxError when the text is not exactly one path.
 */
export function parsePath(text: string): PathAst {
  const cursor = new Cursor(text.trim());
  const path = parsePathAt(cursor, false);
  if (!cursor.done) cursor.fail(`unexpected '${cursor.peek()}'`);
  return path;
}

/** Parses a path where the cursor stands and leaves the cursor behind it. */
export function parsePathAt(cursor: Cursor, inFilter: boolean): PathAst {
  const start = cursor.position;
  const root = parseRoot(cursor, inFilter);
  const steps: PathStep[] = [];
  while (parseStep(cursor, steps, inFilter)) {
    // each call adds the steps it read
  }
  return {
    text: cursor.text.slice(start, cursor.position),
    root,
    steps,
    definite:
      countsScan(steps) ||
      steps.every((step, index) => isDefinite(step, index === steps.length - 1)),
  };
}

function parseRoot(cursor: Cursor, inFilter: boolean): PathRoot {
  if (inFilter && cursor.take('@')) return { kind: 'item' };
  if (cursor.take('$$')) return { kind: 'context' };
  if (!cursor.take('$')) cursor.fail("a path starts with '$'");
  const name = cursor.match(variableName);
  return name === '' ? { kind: 'input' } : { kind: 'variable', name };
}

function parseStep(cursor: Cursor, steps: PathStep[], inFilter: boolean): boolean {
  if (cursor.take('..')) {
    steps.push({ kind: 'scan' });
    if (cursor.peek() === '[') parseBracket(cursor, steps);
    else parseDotted(cursor, steps, inFilter);
    return true;
  }
  if (cursor.take('.')) {
    // `$.['a']` and `$.[0]` are accepted by the service
    if (cursor.peek() === '[') parseBracket(cursor, steps);
    else parseDotted(cursor, steps, inFilter);
    return true;
  }
  if (cursor.peek() === '[') {
    parseBracket(cursor, steps);
    return true;
  }
  return false;
}

const dottedNameInFilter = /[^\s.[\]()=!<>&|,]+/y;

function parseDotted(cursor: Cursor, steps: PathStep[], inFilter: boolean): void {
  if (cursor.take('*')) {
    steps.push({ kind: 'wildcard' });
    return;
  }
  const name = cursor.match(inFilter ? dottedNameInFilter : dottedName);
  if (name === '') cursor.fail(cursor.done ? "a path must not end with '.'" : 'expected a name');
  if (cursor.peek() === '(') {
    if (!pathFunctions.has(name)) cursor.fail(`unknown function '${name}'`);
    cursor.expect('(');
    steps.push({ kind: 'function', name, args: parseArguments(cursor) });
    return;
  }
  steps.push({ kind: 'properties', names: [name] });
}

const parseInnerPath: PathParser = (cursor) => parsePathAt(cursor, true);

function parseArguments(cursor: Cursor) {
  const args = [];
  cursor.skipSpace();
  while (!cursor.take(')')) {
    if (args.length > 0) {
      cursor.expect(',');
      cursor.skipSpace();
    }
    args.push(parseOperand(cursor, parseInnerPath));
    cursor.skipSpace();
  }
  return args;
}

function parseBracket(cursor: Cursor, steps: PathStep[]): void {
  cursor.expect('[');
  cursor.skipSpace();
  if (cursor.take('*')) {
    steps.push({ kind: 'wildcard' });
  } else if (cursor.peek() === '?') {
    steps.push(parseFilterStep(cursor));
  } else if (cursor.peek() === "'" || cursor.peek() === '"') {
    steps.push({ kind: 'properties', names: parseList(cursor, quotedName) });
  } else {
    steps.push(parseFromEnd(cursor) ?? parseNumbers(cursor));
  }
  cursor.skipSpace();
  cursor.expect(']');
}

/**
 * A backslash keeps a quote from ending the name and stays part of it: the service looks for
 * `$['a\"b']` under the key `a\"b`, backslash included.
 */
function quotedName(cursor: Cursor): string {
  const quote = cursor.peek();
  const name = cursor.match(quote === '"' ? /"(?:[^"\\]|\\.)*"/suy : /'(?:[^'\\]|\\.)*'/suy);
  if (name === '') cursor.fail('expected a name in quotes');
  return name.slice(1, -1);
}

function parseFilterStep(cursor: Cursor): PathStep {
  const start = cursor.position;
  cursor.expect('?');
  cursor.skipSpace();
  cursor.expect('(');
  const condition = parseFilterExpression(cursor, parseInnerPath);
  cursor.skipSpace();
  cursor.expect(')');
  return { kind: 'filter', text: cursor.text.slice(start, cursor.position), condition };
}

/** `[(@.length-1)]`, an older way to write `[-1]`. */
function parseFromEnd(cursor: Cursor): PathStep | undefined {
  const text = cursor.match(/\(\s*@\.length(?:\(\))?\s*-\s*\d+\s*\)/y);
  const distance = /(\d+)\s*\)$/.exec(text)?.[1];
  return distance === undefined ? undefined : { kind: 'indices', indices: [-Number(distance)] };
}

function parseNumbers(cursor: Cursor): PathStep {
  const first = cursor.match(integer);
  cursor.skipSpace();
  if (cursor.take(':')) {
    cursor.skipSpace();
    const second = cursor.match(integer);
    if (first === '' && second === '') cursor.fail('a slice needs a start or an end');
    return { kind: 'slice', from: optionalNumber(first), to: optionalNumber(second) };
  }
  if (first === '') cursor.fail('expected a name in quotes, an index, a slice, * or ?(…)');
  const indices = [Number(first)];
  while (cursor.take(',')) {
    cursor.skipSpace();
    const next = cursor.match(integer);
    if (next === '') cursor.fail('expected an index');
    indices.push(Number(next));
    cursor.skipSpace();
  }
  return { kind: 'indices', indices };
}

function optionalNumber(digits: string): number | undefined {
  return digits === '' ? undefined : Number(digits);
}

function parseList<T>(cursor: Cursor, item: (cursor: Cursor) => T): T[] {
  const items = [item(cursor)];
  cursor.skipSpace();
  while (cursor.take(',')) {
    cursor.skipSpace();
    items.push(item(cursor));
    cursor.skipSpace();
  }
  return items;
}

/** A function after `..` takes all that was found at once: one value again. */
export function countsScan(steps: readonly PathStep[]): boolean {
  return steps[steps.length - 1]?.kind === 'function' && steps.some((step) => step.kind === 'scan');
}

/**
 * Several names at the end of a path are still definite: they give one object made of them. A
 * function keeps what comes before it as it is.
 */
function isDefinite(step: PathStep, last: boolean): boolean {
  switch (step.kind) {
    case 'properties':
      return step.names.length === 1 || last;
    case 'indices':
      return step.indices.length === 1;
    case 'function':
      return true;
    case 'slice':
    case 'wildcard':
    case 'filter':
    case 'scan':
      return false;
  }
}
