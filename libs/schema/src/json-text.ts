import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';

/** Where a text stops being JSON. Line and column count from 1, the column in UTF-16 units. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: JsonFault };

/** Deeper than anything that is written by hand or by a program; what reads values may recurse. */
const MAX_DEPTH = 1000;

/**
 * Reads a text as JSON (RFC 8259), of which editors on Windows put a byte order mark first. What it
 * accepts is what JSON.parse does, but for a nesting that is deeper than 1,000; only the place of a
 * fault is found by a parser that knows it: V8 does not always say.
 */
export function readJson(text: string): JsonReading {
  const json = text.replace(/^\uFEFF/, '');
  try {
    const value: unknown = JSON.parse(json);
    const deep = tooDeep(json);
    return deep === undefined ? { ok: true, value } : { ok: false, fault: deep };
  } catch (error) {
    return { ok: false, fault: faultOf(json, error as Error) };
  }
}

function faultOf(json: string, thrown: Error): JsonFault {
  const deep = tooDeep(json);
  if (deep !== undefined) return deep;
  const errors: ParseError[] = [];
  parse(json, errors, { disallowComments: true });
  const [first] = errors;
  if (first === undefined) return at(json, 0, thrown.message);
  return at(json, first.offset, reasonOf(json, first));
}

function reasonOf(json: string, { error, offset }: ParseError): string {
  const found = /[\w.+-]+|\S/y;
  found.lastIndex = offset;
  const token = found.exec(json)?.[0];
  const what = token === undefined ? 'the end of the text' : JSON.stringify(token.slice(0, 20));
  switch (printParseErrorCode(error)) {
    case 'PropertyNameExpected':
      return `expected a field name in double quotes, found ${what}`;
    case 'ValueExpected':
      return `expected a value, found ${what}`;
    case 'ColonExpected':
      return `expected ":" after the field name, found ${what}`;
    case 'CommaExpected':
      return `expected "," or the end of the object or list, found ${what}`;
    case 'CloseBraceExpected':
      return `expected "," or "}", found ${what}`;
    case 'CloseBracketExpected':
      return `expected "," or "]", found ${what}`;
    case 'EndOfFileExpected':
      return `expected the end of the text, found ${what}`;
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return 'JSON has no comments';
    case 'UnexpectedEndOfString':
      return 'the text in double quotes does not end on its line';
    case 'UnexpectedEndOfNumber':
      return `the number ${what} does not end`;
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return 'the text in double quotes has an unknown escape';
    case 'InvalidCharacter':
      return 'the text in double quotes has a control character, which must be escaped';
    default:
      return `${what} is not JSON; names and texts stand in double quotes`;
  }
}

/** Counts brackets outside of texts: a parser that recurses would not come so far. */
function tooDeep(json: string): JsonFault | undefined {
  let depth = 0;
  let text = false;
  // Mark by mark: a pattern for whole texts comes to the end of its stack in one of some megabytes.
  const marks = /["\\[\]{}]/g;
  for (let mark = marks.exec(json); mark !== null; mark = marks.exec(json)) {
    const [token] = mark;
    if (token === '"') text = !text;
    else if (text) marks.lastIndex += token === '\\' ? 1 : 0;
    else if (token === '[' || token === '{') depth++;
    else if (token !== '\\') depth--;
    if (depth > MAX_DEPTH)
      return at(json, mark.index, `it is nested more than ${MAX_DEPTH} levels deep`);
  }
  return undefined;
}

function at(json: string, offset: number, reason: string): JsonFault {
  const before = json.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n'), reason };
}
