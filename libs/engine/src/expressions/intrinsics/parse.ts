import type { Json } from '../../json.ts';
import type { PathAst } from '../jsonpath/ast.ts';
import { Cursor } from '../jsonpath/cursor.ts';
import { parsePathAt } from '../jsonpath/parse.ts';
import { intrinsicFunctions } from './functions.ts';

export interface IntrinsicCall {
  readonly name: string;
  readonly args: readonly IntrinsicArgument[];
}

export type IntrinsicArgument =
  | { readonly kind: 'call'; readonly call: IntrinsicCall }
  | { readonly kind: 'path'; readonly path: PathAst }
  /** `raw` keeps the escapes, which States.Format reads itself. */
  | { readonly kind: 'string'; readonly value: string; readonly raw: string }
  | { readonly kind: 'literal'; readonly value: Json };

/** The service's own bound on calls within calls. */
const maxDepth = 10;

/** Parses one whole call. Throws ExpressionSyntaxError. */
export function parseIntrinsic(text: string): IntrinsicCall {
  const cursor = new Cursor(text.trim());
  const call = parseCall(cursor, 1);
  cursor.skipSpace();
  if (!cursor.done) cursor.fail(`unexpected '${cursor.peek()}'`);
  return call;
}

function parseCall(cursor: Cursor, depth: number): IntrinsicCall {
  const name = cursor.match(/States\.[A-Za-z0-9]*/y);
  const definition = Object.hasOwn(intrinsicFunctions, name) ? intrinsicFunctions[name] : undefined;
  if (definition === undefined) cursor.fail(`unknown intrinsic function '${name}'`);
  if (depth > maxDepth) cursor.fail(`intrinsic functions nest at most ${String(maxDepth)} deep`);
  cursor.skipSpace();
  cursor.expect('(');
  const args: IntrinsicArgument[] = [];
  cursor.skipSpace();
  while (!cursor.take(')')) {
    if (args.length > 0) {
      cursor.expect(',');
      cursor.skipSpace();
    }
    args.push(parseArgument(cursor, depth));
    cursor.skipSpace();
  }
  if (args.length < definition.minArgs || args.length > definition.maxArgs) {
    cursor.fail(`${name} does not take ${String(args.length)} arguments`);
  }
  return { name, args };
}

function parseArgument(cursor: Cursor, depth: number): IntrinsicArgument {
  if (cursor.startsWith('States.')) return { kind: 'call', call: parseCall(cursor, depth + 1) };
  if (cursor.peek() === '$') return { kind: 'path', path: parseArgumentPath(cursor) };
  if (cursor.peek() === "'") return parseString(cursor);
  if (cursor.take('true')) return { kind: 'literal', value: true };
  if (cursor.take('false')) return { kind: 'literal', value: false };
  if (cursor.take('null')) return { kind: 'literal', value: null };
  const digits = cursor.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (digits === '') cursor.fail('expected a path, a string in single quotes, a number or a call');
  return { kind: 'literal', value: Number(digits) };
}

/** In an argument list a comma ends a path, as it does inside a filter. */
function parseArgumentPath(cursor: Cursor): PathAst {
  return parsePathAt(cursor, true);
}

function parseString(cursor: Cursor): IntrinsicArgument {
  cursor.expect("'");
  let raw = '';
  let value = '';
  for (;;) {
    if (cursor.done) cursor.fail("expected '");
    const char = cursor.text[cursor.position++] ?? '';
    if (char === "'") return { kind: 'string', value, raw };
    raw += char;
    if (char !== '\\') {
      value += char;
      continue;
    }
    if (cursor.done) cursor.fail('a backslash must escape a character');
    const escaped = cursor.text[cursor.position++] ?? '';
    raw += escaped;
    if (!"'{}\\".includes(escaped)) cursor.fail(`illegal escape '\\${escaped}'`);
    value += escaped;
  }
}
