import type { Json } from '../../json.ts';
import { setOwn } from '../own.ts';
import type { Cursor } from './cursor.ts';

const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The service takes `[?(@.name == Ada)]` for a comparison with the text `Ada`. */
const bareWord = /[^\s'"()[\]{},&|=!<>@$]+/y;

/** A string in single or double quotes or bare, a number, true, false, null, a list, an object. */
export function parseLiteral(cursor: Cursor): Json {
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

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** A string in single or double quotes; a backslash escapes the character after it. */
function quotedString(cursor: Cursor): string {
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
