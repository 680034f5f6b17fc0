import type { FindingPlace } from '../finding.ts';

/** The module that defines a contract. */
export interface ContractSource {
  /** As messages should name it. */
  readonly file: string;
  readonly text: string;
}

/**
 * Where a field of a contract is written down: `configuration.kind.to`, `payload.items[].id`.
 *
 * The text is only scanned for object literals, as far as it takes to point at a line: a schema may
 * be put together in ways that only running it would show. Then the nearest place is named that is
 * found, at worst the file's first line.
 */
export function placeOfField(path: string, { file, text }: ContractSource): Required<FindingPlace> {
  const names = path.split('.').map((name) => name.replace(/\[\]/g, ''));
  let best = { offset: 0, length: 0 };
  for (const key of keysIn(text)) {
    const length = commonSuffix(key.path, names);
    if (length > best.length) best = { offset: key.offset, length };
  }
  const before = text.slice(0, best.offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Nothing unless the last names are equal: then how many are. */
function commonSuffix(key: readonly string[], names: readonly string[]): number {
  let length = 0;
  while (length < key.length && length < names.length) {
    if (key.at(-1 - length) !== names.at(-1 - length)) break;
    length++;
  }
  return length;
}

interface Key {
  /** The keys, or the constant, that it stands below, and itself. */
  readonly path: readonly string[];
  readonly offset: number;
}

const TOKENS = new RegExp(
  [
    String.raw`\s+|\/\/[^\n]*|\/\*[^]*?\*\/`,
    String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|${'`'}(?:[^${'`'}\\]|\\.)*${'`'}`,
    String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`,
    String.raw`[^]`,
  ].join('|'),
  'uy',
);
const REGEX = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** Before a regular expression; after a value, the slash divides. */
const BEFORE_REGEX = /^[(,=:[!&|?{};]?$/;

/** The keys of all object literals of a TypeScript text, with where they stand. */
function keysIn(text: string): Key[] {
  const keys: Key[] = [];
  const open: (string | undefined)[] = [];
  let label: string | undefined;
  let previous = '';
  for (let offset = 0; offset < text.length;) {
    const token = tokenAt(text, offset, previous);
    const start = offset;
    offset += token.length;
    if (/^(?:\s|\/\/|\/\*)/.test(token)) continue;
    const name = nameIn(token);
    if (
      name !== undefined &&
      /^\s*:(?!:)/.test(text.slice(offset, offset + 40)) &&
      /^[{,]$/.test(previous)
    ) {
      label = name;
      keys.push({ path: [...open, name].filter((each) => each !== undefined), offset: start });
    } else if (name !== undefined && /^\s*=[^=>]/.test(text.slice(offset, offset + 40)))
      label = name;
    else if (/^[([{]$/.test(token)) {
      open.push(label);
      label = undefined;
    } else if (/^[)\]}]$/.test(token)) label = open.pop();
    else if (token === ',' || token === ';') label = undefined;
    previous = token;
  }
  return keys;
}

function tokenAt(text: string, offset: number, previous: string): string {
  const isRegex =
    text[offset] === '/' && BEFORE_REGEX.test(previous) && !/^[/*]$/.test(text[offset + 1] ?? '');
  const pattern = isRegex ? REGEX : TOKENS;
  pattern.lastIndex = offset;
  const found = pattern.exec(text)?.[0];
  return found ?? String.fromCodePoint(text.codePointAt(offset) ?? 32);
}

function nameIn(token: string): string | undefined {
  if (/^[\p{ID_Start}$_]/u.test(token)) return token;
  return /^['"]/.test(token) ? token.slice(1, -1) : undefined;
}
