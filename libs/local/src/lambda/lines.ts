import type { Duplex } from 'node:stream';

/**
 * Calls back with each whole line, however it was cut on the way.
 * @param longest characters of a line; `onTooLong` is called once for a longer one, and nothing after
 */
export function readLines(
  stream: Duplex,
  longest: number,
  onLine: (line: string) => void,
  onTooLong: () => void,
): void {
  let partial: string[] = [];
  let length = 0;
  let ended = false;
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    if (ended) return;
    const lines = text.split('\n');
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      onLine([...partial, line].join(''));
      partial = [];
      length = 0;
    }
    if (rest !== '') partial.push(rest);
    length += rest.length;
    if (length <= longest) return;
    ended = true;
    partial = [];
    onTooLong();
  });
  // The other side was killed in the middle: `close` of its process says what became of it.
  stream.on('error', () => {});
}

/** Cuts what a function writes into lines, and a line that never ends into pieces. */
export class LineCutter {
  readonly #longest: number;
  #partial: string[] = [];
  #length = 0;

  /** @param longest characters of a line */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @returns the lines that are whole now */
  add(text: string): string[] {
    const [first = '', ...others] = text.split('\n');
    const whole: string[] = [];
    this.#append(first, whole);
    for (const line of others) {
      whole.push(...this.rest(true));
      this.#append(line, whole);
    }
    return whole;
  }

  /**
   * What is left of a line that has not ended.
   * @param empty whether an empty line is one
   */
  rest(empty = false): string[] {
    const line = this.#partial.join('');
    this.#partial = [];
    this.#length = 0;
    return line === '' && !empty ? [] : [line];
  }

  #append(text: string, whole: string[]): void {
    let from = 0;
    while (this.#length + text.length - from > this.#longest) {
      const to = from + this.#longest - this.#length;
      this.#partial.push(text.slice(from, to));
      whole.push(...this.rest());
      from = to;
    }
    if (from === text.length) return;
    this.#partial.push(text.slice(from));
    this.#length += text.length - from;
  }
}
