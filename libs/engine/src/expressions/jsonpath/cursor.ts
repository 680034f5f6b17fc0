import { ExpressionSyntaxError } from '../syntax-error.ts';

const maxDepth = 200;

/** A position in an expression's text. */
export class Cursor {
  readonly text: string;
  position: number;
  #depth = 0;

  constructor(text: string, position = 0) {
    this.text = text;
    this.position = position;
  }

  /** Runs `parse` one level deeper; refuses what would exhaust the stack. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > maxDepth) this.fail(`nested deeper than ${String(maxDepth)} levels`);
    const result = parse();
    this.#depth--;
    return result;
  }

  get done(): boolean {
    return this.position >= this.text.length;
  }

  peek(offset = 0): string {
    return this.text[this.position + offset] ?? '';
  }

  startsWith(prefix: string): boolean {
    return this.text.startsWith(prefix, this.position);
  }

  /** Steps over `prefix` if it comes next. */
  take(prefix: string): boolean {
    if (!this.startsWith(prefix)) return false;
    this.position += prefix.length;
    return true;
  }

  expect(prefix: string): void {
    if (!this.take(prefix)) this.fail(`expected '${prefix}'`);
  }

  skipSpace(): void {
    while (/\s/.test(this.peek())) this.position++;
  }

  /** The text that a sticky regular expression matches here, stepped over; '' if none. */
  match(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.position += found.length;
    return found;
  }

  fail(reason: string): never {
    throw new ExpressionSyntaxError(
      this.text,
      this.position,
      `${reason} at position ${String(this.position)}`,
    );
  }
}
