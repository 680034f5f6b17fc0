import type { CancelTimer } from './clock.ts';

export interface Timer {
  readonly at: number;
  /** Breaks ties: timers set first fire first. */
  readonly order: number;
  callback: () => void;
  cancelled: boolean;
}

/** A binary heap of timers by time, then by the order in which they were set. */
export class TimerHeap {
  #heap: Timer[] = [];
  #order = 0;
  /** Cancelled timers still in the heap; they are swept when they outnumber the rest. */
  #dead = 0;

  add(at: number, callback: () => void): CancelTimer {
    const timer: Timer = { at, order: this.#order++, callback, cancelled: false };
    this.#heap.push(timer);
    this.#up(this.#heap.length - 1);
    return () => {
      if (timer.cancelled) return;
      timer.cancelled = true;
      // It may lie here for long: what it would have woken must not stay alive for it.
      timer.callback = nothing;
      this.#dead++;
      if (this.#dead > 64 && this.#dead > this.#heap.length / 2) this.#sweep();
    };
  }

  /** Removes and returns the earliest timer that is not cancelled. */
  pop(): Timer | undefined {
    for (;;) {
      const top = this.#take();
      if (top === undefined) return undefined;
      if (top.cancelled) {
        this.#dead--;
        continue;
      }
      // A later cancel must not count it as a dead one in the heap.
      top.cancelled = true;
      return top;
    }
  }

  #sweep(): void {
    const live = this.#heap.filter((timer) => !timer.cancelled);
    this.#heap = live.sort(before);
    this.#dead = 0;
  }

  #take(): Timer | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined) return undefined;
    if (heap.length > 0) {
      heap[0] = last;
      this.#down(0);
    }
    return top;
  }

  #up(start: number): void {
    const heap = this.#heap;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const child = heap[index] as Timer;
      const above = heap[parent] as Timer;
      if (before(above, child) <= 0) return;
      heap[index] = above;
      heap[parent] = child;
      index = parent;
    }
  }

  #down(start: number): void {
    const heap = this.#heap;
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const lesser =
        right < heap.length && before(heap[right] as Timer, heap[left] as Timer) < 0 ? right : left;
      const timer = heap[index] as Timer;
      const below = heap[lesser] as Timer;
      if (before(timer, below) <= 0) return;
      heap[index] = below;
      heap[lesser] = timer;
      index = lesser;
    }
  }
}

function nothing(): void {}

function before(a: Timer, b: Timer): number {
  return a.at - b.at || a.order - b.order;
}
