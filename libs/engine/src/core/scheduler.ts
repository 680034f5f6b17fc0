import type { CancelTimer, Clock } from '../clock/clock.ts';
import { workDone } from '../expressions/work-done.ts';

/** Something that can take a turn: a thread with a state to enter. */
export interface Runnable {
  turn(): void;
}

/**
 * Work after which the host's own events get a chance (abort, I/O): some hundredths of a second. Not
 * time, or the order of a run's events would depend on the machine.
 */
const SLICE = 50_000;
/** What entering a state counts as. */
const STATE = 10;

/** An execution whose end by time is yet to be set. */
interface Mortal {
  readonly live: boolean;
  armLifetime(): void;
}

/**
 * Gives turns in the order they were asked for, and lets time pass when nothing else can happen.
 *
 * Invariant: under a virtual clock time moves only if no turn is due and nothing holds it (a Task
 * being answered, an expression being evaluated), so what the host does in real time never changes
 * what the run's clock shows.
 */
export class Scheduler {
  readonly clock: Clock;
  readonly #onStalled: () => void;
  /**
   * Turns being taken, from #head up to #due; what is asked for meanwhile collects in #later. Both
   * keep their room: to make them anew each time costs more than a turn.
   */
  #queue: (Runnable | undefined)[] = [];
  #later: (Runnable | undefined)[] = [];
  #head = 0;
  #due = 0;
  #asked = 0;
  /** Most executions are over before time passes: their ends are set when a timer is, or may fire. */
  #mortals: Mortal[] = [];
  #holds = 0;
  /** Timers that may wake an execution (all but the ends of execution lifetimes). */
  #timers = 0;
  #pumping = false;
  #draining = false;
  #armed = false;
  /** Work since the host last had its turn. */
  #spent = 0;
  #workBefore = 0;
  #stallReported = false;

  constructor(clock: Clock, onStalled: () => void) {
    this.clock = clock;
    this.#onStalled = onStalled;
  }

  now(): number {
    return this.clock.now();
  }

  enqueue(runnable: Runnable): void {
    this.#later[this.#asked++] = runnable;
    this.wake();
  }

  /** True when another turn is due: long runs of one thread give way to it. */
  get contended(): boolean {
    return this.#head < this.#due || this.#asked > 0;
  }

  /** A state was entered. @returns whether the host's own events are due: the thread gives way */
  entered(): boolean {
    const work = workDone();
    this.#spent += STATE + work - this.#workBefore;
    this.#workBefore = work;
    return this.#spent > SLICE;
  }

  /** Time stands still from here to the matching `release`. */
  holdOpen(): void {
    this.#holds++;
  }

  release(): void {
    this.#holds--;
    this.wake();
  }

  /**
   * @param at milliseconds since the epoch
   * @param kind `lifetime` timers end executions but are no reason to wait
   */
  timer(at: number, callback: () => void, kind: 'wake' | 'lifetime' = 'wake'): CancelTimer {
    // They started before, so their ends come first where times are equal.
    if (this.#mortals.length > 0) this.#armLifetimes();
    const counts = kind === 'wake' ? 1 : 0;
    this.#timers += counts;
    let pending = true;
    const cancel = this.clock.setTimer(at, () => {
      pending = false;
      this.#timers -= counts;
      callback();
      this.wake();
    });
    return () => {
      if (!pending) return;
      pending = false;
      this.#timers -= counts;
      cancel();
      this.wake();
    };
  }

  /** The execution's lifetime begins. */
  expects(mortal: Mortal): void {
    this.#mortals.push(mortal);
  }

  #armLifetimes(): void {
    const mortals = this.#mortals;
    this.#mortals = [];
    for (const mortal of mortals) if (mortal.live) mortal.armLifetime();
  }

  /** Makes sure that turns are taken soon, in a task of their own so that callers finish first. */
  wake(): void {
    this.#stallReported = false;
    if (this.#draining || this.#pumping) return;
    this.#draining = true;
    queueMicrotask(this.#soon);
  }

  readonly #soon = (): void => {
    this.#draining = false;
    this.#pump(false);
  };

  #arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    setImmediate(() => {
      this.#armed = false;
      this.#pump(true);
    });
  }

  /** @param fresh time may move: only in a macrotask: all promise callbacks due by now have then run */
  #pump(fresh: boolean): void {
    let mayAdvance = fresh;
    if (this.#pumping) return;
    if (fresh) this.#spent = 0;
    else if (this.#spent > SLICE) {
      // Tasks that are answered at once, one after the other, would leave the host no turn of its own.
      this.#arm();
      return;
    }
    this.#pumping = true;
    // What other engines have done meanwhile is theirs.
    this.#workBefore = workDone();
    try {
      for (;;) {
        const done = this.#drain();
        if (this.#mortals.length > 0) this.#armLifetimes();
        if (!done) {
          this.#arm();
          return;
        }
        if (this.#holds > 0) return;
        if (!this.clock.virtual && this.#timers > 0) return;
        if (!mayAdvance) {
          this.#arm();
          return;
        }
        if (this.#timers === 0) {
          this.#stall();
          return;
        }
        this.clock.advance();
        // What the timer set off may include promises: they settle before time moves on.
        mayAdvance = false;
      }
    } finally {
      this.#pumping = false;
    }
  }

  /** Takes turns until none is due (true) or the slice is over (false). */
  #drain(): boolean {
    for (;;) {
      if (this.#head === this.#due) {
        if (this.#asked === 0) return true;
        const done = this.#queue;
        this.#queue = this.#later;
        this.#later = done;
        this.#due = this.#asked;
        this.#asked = 0;
        this.#head = 0;
      }
      const next = this.#queue[this.#head] as Runnable;
      this.#queue[this.#head++] = undefined;
      next.turn();
      if (this.#spent > SLICE) return !this.contended;
    }
  }

  #stall(): void {
    if (this.#stallReported) return;
    this.#stallReported = true;
    this.#onStalled();
  }
}
