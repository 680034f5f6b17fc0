import { maxJsonataDepth } from '../depth.ts';
import { ExpressionLimit } from './failure.ts';

/** What one expression may take (Developer Guide, "Transforming data with JSONata": 1 second). */
const maxMs = 1_000;

/**
 * Work below which no expression is timed out: it takes a few hundredths of a second of its own, so
 * what has passed was spent waiting on a busy machine. A run must not depend on the machine's load.
 */
const honestWork = 100_000;

/** Work between two looks at the clock. */
const checkEvery = 2_048;

/**
 * Bytes that one value may hold while it is computed: 8 an entry, 1 a character. Measured publicly
 * on AWS (github.com/floci-io/floci/issues/2737).
 */
const maxValueBytes = 6_990_256;

/** Bytes of all values of one evaluation together, whether still needed or not. */
const maxTotalBytes = 256 * 1024 * 1024;

/**
 * What one evaluation has used up of its time, depth and memory. Whatever takes longer with larger
 * data spends work first, and counts what it is about to build before it builds it.
 */
export class Budget {
  #depth = 0;
  #work = 0;
  #bytes = 0;
  #checkAt = honestWork;
  readonly #deadline = performance.now() + maxMs;

  get work(): number {
    return this.#work;
  }

  /** A node is evaluated inside another. */
  enter(): void {
    if (++this.#depth > maxJsonataDepth) {
      throw new ExpressionLimit(
        'Stack overflow error: Check for non-terminating recursive function. ' +
          `Consider rewriting as tail-recursive. Depth=${String(this.#depth)} max=${String(maxJsonataDepth)}`,
      );
    }
    this.spend(1);
  }

  leave(): void {
    this.#depth--;
  }

  /** @param work about the number of values looked at */
  spend(work: number): void {
    this.#work += work;
    if (this.#work >= this.#checkAt) this.#check();
  }

  #check(): void {
    this.#checkAt = this.#work + checkEvery;
    if (performance.now() > this.#deadline) this.timedOut();
  }

  timedOut(): never {
    throw new ExpressionLimit(
      `Expression evaluation timeout: ${String(maxMs)}ms. Check for infinite loop`,
    );
  }

  /** Milliseconds that are left; at least one, so that what needs little of it is done. */
  get remainingMs(): number {
    return Math.max(1, Math.ceil(this.#deadline - performance.now()));
  }

  /** A value of so many bytes, or more, is being made. */
  fits(bytes: number): void {
    if (bytes > maxValueBytes) this.#tooLarge();
  }

  #tooLarge(): never {
    throw new ExpressionLimit(
      'Expression evaluation memory limit exceeded: Check for excessive memory usage',
    );
  }

  /** A value of so many bytes is about to be made. */
  hold(bytes: number): void {
    this.fits(bytes);
    this.#bytes += bytes;
    if (this.#bytes > maxTotalBytes) this.#tooLarge();
    // Filling memory takes time as well.
    this.spend(bytes >> 6);
  }
}
