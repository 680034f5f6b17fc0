/** Where a text stops being JSON. Line and column count from 1, the column in UTF-16 units. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/**
 * Finds the first place where a text is not JSON (RFC 8259). `JSON.parse` alone does not always say:
 * for some faults V8's message has no position.
 * @returns undefined when the text is JSON
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.at);
    const line = before.split('\n').length;
    return { line, column: error.at - before.lastIndexOf('\n'), reason: error.message };
  }
}

class Fault extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value('a value');
    this.#space();
    if (this.#at < this.#text.length) this.#fail('the end of the document');
  }

  #value(expected: string): void {
    this.#space();
    const next = this.#text[this.#at];
    if (next === '{') this.#object();
    else if (next === '[') this.#array();
    else if (next === '"') this.#string();
    else if (!this.#take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.+-])/y)) {
      if (!this.#take(/(?:true|false|null)(?!\w)/y)) this.#fail(expected);
    }
  }

  #object(): void {
    this.#at++;
    if (this.#next('}')) return;
    do {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('a field name in double quotes');
      this.#string();
      if (!this.#next(':')) this.#fail('":" after the field name');
      this.#value('a value');
    } while (this.#next(','));
    if (!this.#next('}')) this.#fail('"," or "}"');
  }

  #array(): void {
    this.#at++;
    if (this.#next(']')) return;
    do this.#value('a value');
    while (this.#next(','));
    if (!this.#next(']')) this.#fail('"," or "]"');
  }

  #string(): void {
    const start = this.#at++;

    this.#take(/(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y);
    const next = this.#text[this.#at];
    if (next === '"') this.#at++;
    else if (next === '\\') throw new Fault(this.#at, 'unknown escape in a string');
    else if (next === undefined) throw new Fault(start, 'a string that never ends');
    else throw new Fault(this.#at, 'a line break or control character in a string');
  }

  #space(): void {
    this.#take(/[ \t\r\n]+/y);
  }

  #next(character: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return false;
    this.#at = pattern.lastIndex;
    return match[0] !== '';
  }

  #fail(expected: string): never {
    const found = /[\w.+-]+|\S/y;
    found.lastIndex = this.#at;
    const text = found.exec(this.#text)?.[0];
    const what = text === undefined ? 'the end of the file' : JSON.stringify(text.slice(0, 20));
    throw new Fault(this.#at, `expected ${expected}, found ${what}`);
  }
}
