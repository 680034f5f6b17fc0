import jsonata from 'jsonata';
import { StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import type { JsonataNode } from './jsonata/ast.ts';
import { compileFast, needsJsonata } from './jsonata/fast.ts';
import { addedFunction, isAdded } from './jsonata/functions.ts';
import type { Hardened } from './jsonata/harden.ts';
import { harden } from './jsonata/harden.ts';
import type { Hooks } from './jsonata/limits.ts';
import { evaluationHooks } from './jsonata/limits.ts';
import { replaceFunctions } from './jsonata/replaced.ts';
import { NotJson, plainJson } from './jsonata/result.ts';
import { GuardedRegExp } from './regex-guard.ts';
import { onBoundedStack } from './stack-guard.ts';
import { ExpressionSyntaxError } from './syntax-error.ts';
import type { Evaluable, MaybePromise, Scope, Where } from './types.ts';

/** The expression in `{% … %}`; undefined when the text is no such expression but a plain text. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4
    ? text.slice(2, -2).trim()
    : undefined;
}

/**
 * What validation has parsed and compilation has not yet taken: a definition is validated and then
 * compiled, and parsing is most of the work of both. Bounded, as not all that is validated is run.
 */
const parsed = new Map<string, jsonata.Expression>();
const MAX_PARSED = 10_000;

/**
 * Parses an expression, to be looked at and not changed.
 *
 * @throws ExpressionSyntaxError with the parser's reason.
 */
export function parseJsonata(expression: string): JsonataNode {
  let result = parsed.get(expression);
  if (result === undefined) {
    result = parse(expression);
    if (parsed.size >= MAX_PARSED) parsed.clear();
    parsed.set(expression, result);
  }
  return result.ast() as JsonataNode;
}

/** One that is the caller's own, to be changed and evaluated. */
function takeParsed(expression: string): jsonata.Expression {
  const result = parsed.get(expression);
  if (result === undefined) return parse(expression);
  parsed.delete(expression);
  return result;
}

function parse(expression: string): jsonata.Expression {
  try {
    return jsonata(expression, {
      // typed as an instance, though it is the class that is asked for
      RegexEngine: GuardedRegExp as unknown as RegExp,
    });
  } catch (error) {
    const { code, position, message } = error as Partial<jsonata.JsonataError>;
    throw new ExpressionSyntaxError(
      expression,
      position ?? 0,
      `${code === undefined ? '' : `${code}: `}${message ?? 'not a JSONata expression'}`,
    );
  }
}

/**
 * Compiles one JSONata expression, with or without its `{% %}`.
 *
 * Evaluation answers at once for simple expressions and with a promise for the others. It fails
 * with States.QueryEvaluationError: nothing (undefined), a function, an error in the expression, or
 * more than a second.
 *
 * @throws ExpressionSyntaxError
 */
export function compileJsonata(text: string, where: Where): Evaluable {
  const source = expressionIn(text) ?? text.trim();
  const expression = takeParsed(source);
  const ast = expression.ast() as JsonataNode;
  const fast = compileFast(ast);
  replaceFunctions(expression, ast);
  const hardened = harden(ast);
  watch(expression);
  const field = where.field;

  const finish = (result: unknown): Json => {
    if (result === undefined) {
      throw failure(source, field, 'returned nothing (undefined).');
    }
    try {
      return onBoundedStack('States.QueryEvaluationError', () => plainJson(result));
    } catch (error) {
      if (!(error instanceof NotJson)) throw error;
      throw failure(source, field, 'returned an unsupported result type.');
    }
  };
  const slow = async (scope: Scope): Promise<Json> => {
    let result: unknown;
    try {
      result = await expression.evaluate(undefined, bindingsFor(scope, hardened));
    } catch (error) {
      throw failure(source, field, `threw an error during evaluation${reasonOf(error)}`);
    }
    return finish(result);
  };
  return {
    evaluate(scope): MaybePromise<Json> {
      if (fast === undefined) return slow(scope);
      const result = onBoundedStack('States.QueryEvaluationError', () => fast(scope));
      return result === needsJsonata ? slow(scope) : finish(result);
    },
  };
}

/** The error for a result of another type than its field takes, e.g. Items that are no array. */
export function unexpectedType(
  text: string,
  field: string,
  expected: string,
  value: Json,
): StatesError {
  return failure(
    expressionIn(text) ?? text.trim(),
    field,
    `returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' ` +
      `for value: ${JSON.stringify(value)}`,
  );
}

/** A value's type as the service names it. */
export function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function failure(source: string, field: string, what: string): StatesError {
  return new StatesError(
    'States.QueryEvaluationError',
    `The JSONata expression '${source}' specified for the field '${field}' ${what}`,
    { location: field },
  );
}

/** JSONata's own errors have a code and make a sentence of their own; limits follow a colon. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const text = message ?? 'unknown error';
  return code === undefined ? `: ${text}` : `. ${code}: ${text}`;
}

/**
 * What one evaluation sees: `$states`, the workflow variables it names, and our functions. Only
 * plain data and functions: an expression can read whatever hangs on what it is given.
 */
function bindingsFor(scope: Scope, hardened: Hardened): Record<string, unknown> {
  const copy = hardened.writes
    ? <T extends Json | undefined>(value: T): T =>
        value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T)
    : <T>(value: T): T => value;
  const bindings: Record<string, unknown> = { eval: undefined };
  for (const name of hardened.variables) {
    if (name === 'states') bindings[name] = statesOf(scope, copy);
    else if (name !== '' && name !== '$') {
      const value = scope.variables.get(name);
      if (value !== undefined) bindings[name] = copy(value);
      else if (isAdded(name)) bindings[name] = addedFunction(name, scope);
    }
  }
  bindings[hooksName] = evaluationHooks(hardened);
  return bindings;
}

/** A name that no expression can spell, for the hooks of one of several evaluations under way. */
const hooksName = '\0hooks';

interface Frame {
  lookup(name: string): unknown;
}

function watch(expression: jsonata.Expression): void {
  // typed for names only, though the hooks are symbols
  const assign = expression.assign as unknown as (name: symbol, value: unknown) => void;
  const hooksOf = (frame: Frame) => frame.lookup(hooksName) as Hooks;
  assign(
    Symbol.for('jsonata.__evaluate_entry'),
    (_node: JsonataNode, _input: unknown, frame: Frame) => {
      hooksOf(frame).entry();
    },
  );
  assign(
    Symbol.for('jsonata.__evaluate_exit'),
    (node: JsonataNode, input: unknown, frame: Frame, result: unknown) => {
      hooksOf(frame).exit(node, input, result);
    },
  );
}

function statesOf(scope: Scope, copy: <T extends Json | undefined>(value: T) => T): object {
  const states: Record<string, unknown> = { input: copy(scope.input) };
  if (scope.result !== undefined) states['result'] = copy(scope.result);
  if (scope.errorOutput !== undefined) states['errorOutput'] = copy(scope.errorOutput);
  // building the context object takes time; most expressions do not look at it
  Object.defineProperty(states, 'context', {
    enumerable: true,
    configurable: true,
    get: () => copy(scope.context),
  });
  return states;
}
