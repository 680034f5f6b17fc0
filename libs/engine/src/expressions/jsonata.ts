import { StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import { visitNodes, type JsonataNode } from './jsonata/ast.ts';
import type { Budget } from './jsonata/evaluator/budget.ts';
import { Evaluation } from './jsonata/evaluator/evaluate.ts';
import { asFailure, JsonataFailure, messageOf } from './jsonata/evaluator/failure.ts';
import { jsonataDepth, maxJsonataDepth } from './jsonata/depth.ts';
import { compileFast, needsJsonata } from './jsonata/fast.ts';
import { namesIn, timeOf } from './jsonata/names.ts';
import { expressionIn, parseJsonata } from './jsonata/parse.ts';
import { NotJson, plainResult } from './jsonata/result.ts';
import { reporting } from './reach.ts';
import { onBoundedStack } from './stack-guard.ts';
import type { Scope, Evaluable, Where } from './types.ts';

/**
 * Compiles one JSONata expression, with or without its `{% %}`.
 *
 * Evaluation fails with States.QueryEvaluationError: nothing (undefined), a function, an error in the
 * expression, or more time, depth or memory than an expression may take.
 *
 * @throws ExpressionSyntaxError
 */
export function compileJsonata(text: string, where: Where): Evaluable {
  const source = expressionIn(text) ?? text.trim();
  const root = parseJsonata(source);
  // What is too deep fails by name, in the evaluator that counts.
  const fast = jsonataDepth(root) > maxJsonataDepth ? undefined : compileFast(root);
  const copies = writes(root);
  const field = where.field;

  const slow = (scope: Scope): Json => {
    const run = new Evaluation(() => timeOf(scope));
    let result: unknown;
    try {
      result = run.start(root, () => namesIn(scope, run, copies));
    } catch (thrown) {
      throw failure(source, field, `threw an error during evaluation${reasonOf(thrown)}`);
    }
    return finish(result, run.budget);
  };
  const finish = (result: unknown, budget: Budget): Json => {
    if (result === undefined) throw failure(source, field, 'returned nothing (undefined).');
    try {
      return plainResult(result, budget);
    } catch (thrown) {
      if (thrown instanceof NotJson) {
        throw failure(source, field, 'returned an unsupported result type.');
      }
      throw failure(source, field, `threw an error during evaluation${reasonOf(thrown)}`);
    }
  };
  return reporting(where, {
    evaluate(scope: Scope): Json {
      if (fast === undefined) return slow(scope);
      const result = onBoundedStack('States.QueryEvaluationError', () => fast(scope));
      if (result === needsJsonata) return slow(scope);
      if (result === undefined) throw failure(source, field, 'returned nothing (undefined).');
      return result as Json;
    },
  });
}

/** Whether it may change what it is given: a transform does. */
function writes(root: JsonataNode): boolean {
  let found = false;
  visitNodes(root, ({ type }) => (found ||= type === 'transform'));
  return found;
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
function typeName(value: Json): string {
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
function reasonOf(thrown: unknown): string {
  const error = asFailure(thrown);
  if (error instanceof JsonataFailure) return `. ${error.code}: ${messageOf(error)}`;
  if (error instanceof RangeError) return ': The data is nested too deep to be evaluated';
  const { code, message } = error as { code?: string; message?: string };
  const text = message ?? 'unknown error';
  return code === undefined ? `: ${text}` : `. ${code}: ${text}`;
}
