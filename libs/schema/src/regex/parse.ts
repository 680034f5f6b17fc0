import {
  complement,
  EVERY_CHARACTER,
  type Range,
  type Regex,
  type RegexPart,
  union,
} from './ast.ts';

/** Copies of a repeated part that an automaton may need; above it nothing is decided. */
const MAX_REPEAT = 2000;

const DIGIT: Range[] = [[0x30, 0x39]];
const WORD: Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** ECMAScript's WhiteSpace and LineTerminator. */
const SPACE: Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_END: Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const CLASSES: Record<string, readonly Range[]> = {
  d: DIGIT,
  D: complement(DIGIT),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
};
const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };

class Unsupported extends Error {}

/**
 * Parses an ECMAScript pattern as JSON Schema uses it: Unicode mode, unanchored.
 * @returns its parts, all of which must hold; undefined where the language is not known to be
 * regular (look-around other than at the start, back-references, `\b`, `\p`)
 */
export function parseRegex(source: string): readonly RegexPart[] | undefined {
  try {
    // What the engine itself refuses must not get a meaning here.
    void new RegExp(source, 'u');
    return new Parser(source).parse();
  } catch {
    return undefined;
  }
}

class Parser {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#chars = [...source];
  }

  parse(): RegexPart[] {
    const parts: RegexPart[] = [];
    if (this.#peek() === '^') {
      this.#at = 1;
      for (let negate = this.#lookahead(); negate !== undefined; negate = this.#lookahead()) {
        const regex = sequence([{ kind: 'start' }, this.#choice()]);
        this.#expect(')');
        parts.push({ regex, negate });
      }
      if (parts.length > 0) {
        const rest = this.#choice();
        // `^(?=a)b|c`: the look-ahead belongs to the first option alone.
        if (rest.kind === 'choice') throw new Unsupported();
        parts.push({ regex: sequence([{ kind: 'start' }, rest]), negate: false });
      } else this.#at = 0;
    }
    if (parts.length === 0) parts.push({ regex: this.#choice(), negate: false });
    if (this.#at < this.#chars.length) throw new Unsupported();
    return parts;
  }

  #peek(offset = 0): string | undefined {
    return this.#chars[this.#at + offset];
  }

  #next(): string {
    const char = this.#chars[this.#at++];
    if (char === undefined) throw new Unsupported();
    return char;
  }

  #eat(text: string): boolean {
    if (this.#chars.slice(this.#at, this.#at + text.length).join('') !== text) return false;
    this.#at += text.length;
    return true;
  }

  #expect(text: string): void {
    if (!this.#eat(text)) throw new Unsupported();
  }

  #lookahead(): boolean | undefined {
    if (this.#eat('(?!')) return true;
    return this.#eat('(?=') ? false : undefined;
  }

  #choice(): Regex {
    const options = [this.#sequence()];
    while (this.#eat('|')) options.push(this.#sequence());
    return options.length === 1 ? (options[0] as Regex) : { kind: 'choice', options };
  }

  #sequence(): Regex {
    const items: Regex[] = [];
    for (let char = this.#peek(); char !== undefined; char = this.#peek()) {
      if (char === '|' || char === ')') break;
      items.push(this.#repeated());
    }
    return sequence(items);
  }

  #repeated(): Regex {
    const item = this.#atom();
    const bounds = this.#quantifier();
    if (!bounds) return item;
    this.#eat('?'); // lazy: the same language
    const [min, max] = bounds;
    if (min > MAX_REPEAT || (max > MAX_REPEAT && max !== Infinity)) throw new Unsupported();
    return { kind: 'repeat', item, min, max };
  }

  #quantifier(): [number, number] | undefined {
    if (this.#eat('*')) return [0, Infinity];
    if (this.#eat('+')) return [1, Infinity];
    if (this.#eat('?')) return [0, 1];
    if (!this.#eat('{')) return undefined;
    let text = '';
    for (let char = this.#next(); char !== '}'; char = this.#next()) text += char;
    const [min, max] = text.split(',');
    if (max === undefined) return [Number(min), Number(min)];
    return [Number(min), max === '' ? Infinity : Number(max)];
  }

  #atom(): Regex {
    const char = this.#next();
    switch (char) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return set(complement(LINE_END));
      case '[':
        return set(this.#class());
      case '\\':
        return set(this.#escape(false));
      case '(':
        return this.#group();
      default:
        return set([point(char)]);
    }
  }

  #group(): Regex {
    if (this.#eat('?')) {
      if (!this.#eat(':')) {
        // A named group; `(?<=`, `(?<!`, `(?=` and `(?!` are look-around.
        if (!this.#eat('<') || this.#peek() === '=' || this.#peek() === '!')
          throw new Unsupported();
        while (this.#next() !== '>');
      }
    }
    const inner = this.#choice();
    this.#expect(')');
    return inner;
  }

  #escape(inClass: boolean): readonly Range[] {
    const char = this.#next();
    const known = CLASSES[char];
    if (known) return known;
    const control = CONTROLS[char];
    if (control !== undefined) return [[control, control]];
    if (char === 'x') return [this.#hex(2)];
    if (char === 'u') return [this.#unicode()];
    if (char === 'c') {
      const code = this.#next().charCodeAt(0) % 32;
      return [[code, code]];
    }
    if (char === 'b' && inClass) return [[8, 8]];
    // \b, \B, \p, \k, \1: not a set of characters.
    if (/[A-Za-z1-9]/.test(char)) throw new Unsupported();
    return [point(char)];
  }

  #hex(digits: number): Range {
    let text = '';
    for (let index = 0; index < digits; index++) text += this.#next();
    const code = Number.parseInt(text, 16);
    return [code, code];
  }

  #unicode(): Range {
    if (!this.#eat('{')) {
      const [code] = this.#hex(4);
      // A surrogate pair written as two escapes is one character.
      if (code < 0xd800 || code > 0xdfff) return [code, code];
      throw new Unsupported();
    }
    let text = '';
    for (let char = this.#next(); char !== '}'; char = this.#next()) text += char;
    const code = Number.parseInt(text, 16);
    return [code, code];
  }

  #class(): readonly Range[] {
    const negate = this.#eat('^');
    const ranges: Range[] = [];
    while (!this.#eat(']')) {
      const from = this.#classAtom();
      const single = from.length === 1 && from[0]?.[0] === from[0]?.[1] ? from[0] : undefined;
      if (single && this.#peek() === '-' && this.#peek(1) !== ']') {
        this.#at++;
        const to = this.#classAtom();
        const end = to[0];
        if (to.length !== 1 || !end || end[0] !== end[1]) throw new Unsupported();
        ranges.push([single[0], end[0]]);
      } else ranges.push(...from);
    }
    return negate ? complement(ranges) : union(ranges);
  }

  #classAtom(): readonly Range[] {
    const char = this.#next();
    return char === '\\' ? this.#escape(true) : [point(char)];
  }
}

function sequence(items: readonly Regex[]): Regex {
  if (items.length === 0) return { kind: 'empty' };
  return items.length === 1 ? (items[0] as Regex) : { kind: 'sequence', items };
}

function set(ranges: readonly Range[]): Regex {
  return { kind: 'set', ranges };
}

function point(char: string): Range {
  const code = char.codePointAt(0) ?? 0;
  return [code, code];
}

/** The language of exactly these strings. */
export function literalRegex(values: readonly string[]): Regex {
  const options = values.map((value): Regex =>
    sequence([
      { kind: 'start' },
      ...[...value].map((char): Regex => set([point(char)])),
      { kind: 'end' },
    ]),
  );
  return { kind: 'choice', options };
}

/** `.` and line ends: any character at all. */
export const anyCharacter: Regex = set(EVERY_CHARACTER);
