import type { Json } from '../../json.ts';
import { setOwn } from '../own.ts';
import type { FilterNode, FilterOperand, FilterOperator } from './ast.ts';
import { filterOperators } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parsePathAt } from './parse.ts';

/** `or` binds weaker than `and`, `and` weaker than `!`; parentheses group. */
export function parseFilterExpression(cursor: Cursor): FilterNode {
  return parseChain(cursor, '||', 'or', () =>
    parseChain(cursor, '&&', 'and', () => parseTerm(cursor)),
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

function parseTerm(cursor: Cursor): FilterNode {
  cursor.skipSpace();
  if (cursor.peek() === '!' && cursor.peek(1) !== '=') {
    cursor.expect('!');
    return { kind: 'not', term: cursor.nested(() => parseTerm(cursor)) };
  }
  if (cursor.take('(')) {
    const inner = cursor.nested(() => parseFilterExpression(cursor));
    cursor.skipSpace();
    cursor.expect(')');
    return inner;
  }
  const left = parseOperand(cursor);
  cursor.skipSpace();
  const operator = takeOperator(cursor);
  if (operator === undefined) {
    if (left.kind !== 'path') cursor.fail('expected a comparison');
    return { kind: 'exists', path: left.path };
  }
  cursor.skipSpace();
  const right = operator === '=~' ? parseRegex(cursor) : parseOperand(cursor);
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
export function parseOperand(cursor: Cursor): FilterOperand {
  const next = cursor.peek();
  if (next === '$' || next === '@') {
    return { kind: 'path', path: cursor.nested(() => parsePathAt(cursor, true)) };
  }
  return { kind: 'literal', value: parseLiteral(cursor) };
}

const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The service takes `[?(@.name == Ada)]` for a comparison with the text `Ada`. */
const bareWord = /[^\s'"()[\]{},&|=!<>@$]+/y;

function parseLiteral(cursor: Cursor): Json {
  const next = cursor.peek();
  if (next === "'" || next === '"') return quotedString(cursor);
  if (cursor.take('[')) {
    return cursor.nested(() => parseItems(cursor, ']', () => parseLiteral(cursor)));
  }
  if (cursor.take('{')) return cursor.nested(() => parseObject(cursor));
  const word = cursor.match(bareWord);
  if (word === '') cursor.fail('expected a value or a path');
  if (Object.hasOwn(words, word)) return words[word] as Json;
  return number.test(word) ? Number(word) : word;
}

const words: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

function parseObject(cursor: Cursor): Json {
  const object: Record<string, Json> = {};
  parseItems(cursor, '}', () => {
    const key = quotedString(cursor);
    cursor.skipSpace();
    cursor.expect(':');
    cursor.skipSpace();
    setOwn(object, key, parseLiteral(cursor));
    return null;
  });
  return object;
}

function parseItems(cursor: Cursor, close: string, item: () => Json): Json[] {
  const items: Json[] = [];
  cursor.skipSpace();
  while (!cursor.take(close)) {
    if (items.length > 0) {
      cursor.expect(',');
      cursor.skipSpace();
    }
    items.push(item());
    cursor.skipSpace();
  }
  return items;
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

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** A string in single or double quotes; a backslash escapes the character after it. */
export function quotedString(cursor: Cursor): string {
  const quote = cursor.peek();
  if (quote !== "'" && quote !== '"') cursor.fail('expected a name in quotes');
  cursor.expect(quote);
  let value = '';
  for (;;) {
    if (cursor.done) cursor.fail(`expected ${quote}`);
    const char = cursor.text[cursor.position++] ?? '';
    if (char === quote) return value;
    if (char !== '\\') {
      value += char;
      continue;
    }
    const escaped = cursor.text[cursor.position++] ?? '';
    if (escaped === 'u') {
      const hex = cursor.match(/[0-9a-fA-F]{4}/y);
      if (hex === '') cursor.fail('expected four hexadecimal digits');
      value += String.fromCharCode(parseInt(hex, 16));
    } else {
      value += Object.hasOwn(escapes, escaped) ? (escapes[escaped] ?? '') : escaped;
    }
  }
}
