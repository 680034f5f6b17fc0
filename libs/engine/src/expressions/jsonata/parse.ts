import jsonata from 'jsonata';
import { ExpressionSyntaxError } from '../syntax-error.ts';
import type { JsonataNode } from './ast.ts';
import { jsonataDepth } from './depth.ts';

/** The expression in `{% … %}`; undefined when the text is no such expression but a plain text. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4
    ? text.slice(2, -2).trim()
    : undefined;
}

/**
 * What validation has parsed and compilation has not yet asked for: a definition is validated and
 * then compiled, and parsing is most of the work of both. Bounded, as not all that is validated is
 * run.
 */
const parsed = new Map<string, JsonataNode>();
const maxParsed = 10_000;

/** Far above what can be evaluated; whoever walks a syntax tree may recurse. */
const maxNesting = 1_000;

/**
 * Parses an expression, to be looked at and not changed.
 *
 * @throws ExpressionSyntaxError with the parser's reason.
 */
export function parseJsonata(expression: string): JsonataNode {
  let root = parsed.get(expression);
  if (root === undefined) {
    root = parse(expression);
    if (parsed.size >= maxParsed) parsed.clear();
    parsed.set(expression, root);
  }
  return root;
}

function parse(expression: string): JsonataNode {
  let root: JsonataNode;
  try {
    root = jsonata(expression).ast() as JsonataNode;
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(expression);
    const { code, position, message } = error as Partial<jsonata.JsonataError>;
    throw new ExpressionSyntaxError(
      expression,
      position ?? 0,
      `${code === undefined ? '' : `${code}: `}${message ?? 'not a JSONata expression'}`,
    );
  }
  return jsonataDepth(root) > maxNesting ? tooDeep(expression) : root;
}

function tooDeep(expression: string): never {
  const message = `An expression must not nest deeper than ${String(maxNesting)} levels`;
  throw new ExpressionSyntaxError(expression, 0, message);
}
