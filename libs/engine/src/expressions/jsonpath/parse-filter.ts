import type { FilterNode, FilterOperand, FilterOperator, PathAst } from './ast.ts';
import { filterOperators } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseLiteral } from './parse-literal.ts';

/** Reads a path inside the filter: paths hold filters, and filters hold paths. */
export type PathParser = (cursor: Cursor) => PathAst;

/** `or` binds weaker than `and`, `and` weaker than `!`; parentheses group. */
export function parseFilterExpression(cursor: Cursor, parsePath: PathParser): FilterNode {
  return parseChain(cursor, '||', 'or', () =>
    parseChain(cursor, '&&', 'and', () => parseTerm(cursor, parsePath)),
  );
}

function parseChain(
  cursor: Cursor,
  symbol: string,
  kind: 'and' | 'or',
  next: () => FilterNode,
): FilterNode {
  const terms = [next()];
  for (;;) {
    cursor.skipSpace();
    if (!cursor.take(symbol)) break;
    terms.push(next());
  }
  return terms.length === 1 && terms[0] !== undefined ? terms[0] : { kind, terms };
}

function parseTerm(cursor: Cursor, parsePath: PathParser): FilterNode {
  cursor.skipSpace();
  if (cursor.peek() === '!' && cursor.peek(1) !== '=') {
    cursor.expect('!');
    return { kind: 'not', term: cursor.nested(() => parseTerm(cursor, parsePath)) };
  }
  if (cursor.take('(')) {
    const inner = cursor.nested(() => parseFilterExpression(cursor, parsePath));
    cursor.skipSpace();
    cursor.expect(')');
    return inner;
  }
  const left = parseOperand(cursor, parsePath);
  cursor.skipSpace();
  const operator = takeOperator(cursor);
  if (operator === undefined) {
    if (left.kind !== 'path') cursor.fail('expected a comparison');
    return { kind: 'exists', path: left.path };
  }
  cursor.skipSpace();
  const right = operator === '=~' ? parseRegex(cursor) : parseOperand(cursor, parsePath);
  return { kind: 'compare', operator, left, right };
}

function takeOperator(cursor: Cursor): FilterOperator | undefined {
  const word = /[a-z]+/iy;
  word.lastIndex = cursor.position;
  const name = word.exec(cursor.text)?.[0];
  const symbol = name?.toLowerCase();
  for (const operator of filterOperators) {
    if (name === undefined ? cursor.startsWith(operator) : operator === symbol) {
      cursor.position += operator.length;
      return operator;
    }
  }
  return undefined;
}

/** A path, a string in single or double quotes or bare, a number, true, false, null, or a list. */
export function parseOperand(cursor: Cursor, parsePath: PathParser): FilterOperand {
  const next = cursor.peek();
  if (next === '$' || next === '@') {
    return { kind: 'path', path: cursor.nested(() => parsePath(cursor)) };
  }
  return { kind: 'literal', value: parseLiteral(cursor) };
}

/** `/regex/i` */
function parseRegex(cursor: Cursor): FilterOperand {
  cursor.expect('/');
  let source = '';
  while (cursor.peek() !== '/') {
    if (cursor.done) cursor.fail("expected '/'");
    if (cursor.peek() === '\\') source += cursor.text[cursor.position++] ?? '';
    source += cursor.text[cursor.position++] ?? '';
  }
  cursor.expect('/');
  const flags = cursor.match(/[imsu]*/y);
  try {
    new RegExp(source, flags);
  } catch (error) {
    cursor.fail(error instanceof Error ? error.message : 'invalid regular expression');
  }
  return { kind: 'regex', source, flags };
}
