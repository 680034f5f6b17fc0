import type { Range, Regex } from './ast.ts';
import { EVERY_CHARACTER } from './ast.ts';
import { spend, STRING_STEP as STEP } from '../work.ts';

/** States of one automaton; past it the language counts as undecided. */
const MAX_STATES = 20_000;
/** Members of all sets of states that are kept; as above. */
const MAX_MEMBERS = 1_000_000;

export class TooLarge extends Error {}

interface State {
  /** Reached without reading; `start` and `end` only at the string's ends. */
  readonly free: { readonly to: number; readonly when: 'always' | 'start' | 'end' }[];
  reads?: { readonly ranges: readonly Range[]; readonly to: number };
}

/**
 * A deterministic automaton, made as it is walked: a state is a number; `step` reads one character
 * class. It accepts a string when the regular expression matches somewhere in it.
 */
export class Automaton {
  readonly #states: State[] = [];
  readonly #accept: number;
  readonly #sets: { readonly members: readonly number[]; readonly accepting: boolean }[] = [];
  readonly #ids = new Map<string, number>();
  readonly #steps = new Map<number, number>();
  /** From which states a match can still come, the first character being read already. */
  readonly #alive: Uint8Array;
  #members = 0;
  /** The state before the first character. */
  readonly initial: number;

  constructor(regex: Regex) {
    const start = this.#add();
    // Unanchored: any characters may come before and after the match.
    (this.#states[start] as State).reads = { ranges: EVERY_CHARACTER, to: start };
    const entry = this.#add();
    this.#free(start, entry, 'always');
    const end = this.#build(regex, entry);
    this.#accept = this.#add();
    this.#free(end, this.#accept, 'always');
    (this.#states[this.#accept] as State).reads = { ranges: EVERY_CHARACTER, to: this.#accept };
    this.#alive = this.#reaching();
    this.initial = this.#intern([start], true);
  }

  /** Does no string that begins like the one that led to this state match? */
  isDead(state: number): boolean {
    return this.#sets[state]?.members.length === 0;
  }

  /** Does the string that led to this state match? */
  accepts(state: number): boolean {
    return this.#sets[state]?.accepting ?? false;
  }

  /** Every range that some transition reads, for cutting the alphabet into classes. */
  ranges(): Range[] {
    return this.#states.flatMap((state) => (state.reads ? [...state.reads.ranges] : []));
  }

  step(state: number, character: number): number {
    const key = state * 0x110000 + character;
    let next = this.#steps.get(key);
    if (next === undefined) {
      const targets = new Set<number>();
      spend(STEP + (this.#sets[state]?.members.length ?? 0) / 400);
      for (const member of this.#sets[state]?.members ?? []) {
        const reads = this.#states[member]?.reads;
        if (reads?.ranges.some(([from, to]) => from <= character && character <= to)) {
          targets.add(reads.to);
        }
      }
      next = this.#intern([...targets], false);
      this.#steps.set(key, next);
    }
    return next;
  }

  #add(): number {
    if (this.#states.length >= MAX_STATES) throw new TooLarge();
    return this.#states.push({ free: [] }) - 1;
  }

  #free(from: number, to: number, when: 'always' | 'start' | 'end'): void {
    this.#states[from]?.free.push({ to, when });
  }

  /** Appends `regex` after state `from`; returns the state after it. */
  #build(regex: Regex, from: number): number {
    switch (regex.kind) {
      case 'empty':
        return from;
      case 'start':
      case 'end': {
        const to = this.#add();
        this.#free(from, to, regex.kind);
        return to;
      }
      case 'set': {
        const reader = this.#add();
        const to = this.#add();
        this.#free(from, reader, 'always');
        (this.#states[reader] as State).reads = { ranges: regex.ranges, to };
        return to;
      }
      case 'sequence':
        return regex.items.reduce((at, item) => this.#build(item, at), from);
      case 'choice': {
        const to = this.#add();
        for (const option of regex.options) {
          const entry = this.#add();
          this.#free(from, entry, 'always');
          this.#free(this.#build(option, entry), to, 'always');
        }
        return to;
      }
      case 'repeat':
        return this.#repeat(regex, from);
    }
  }

  #repeat({ item, min, max }: Extract<Regex, { kind: 'repeat' }>, from: number): number {
    let at = from;
    for (let count = 0; count < min; count++) at = this.#build(item, at);
    const to = this.#add();
    if (max === Infinity) {
      const loop = this.#add();
      this.#free(at, loop, 'always');
      this.#free(this.#build(item, loop), loop, 'always');
      this.#free(loop, to, 'always');
      return to;
    }
    for (let count = min; count < max; count++) {
      this.#free(at, to, 'always');
      at = this.#build(item, at);
    }
    this.#free(at, to, 'always');
    return to;
  }

  /** The states from which `#accept` can be reached, those behind a `^` not among the ways. */
  #reaching(): Uint8Array {
    const into = this.#states.map((): number[] => []);
    for (const [from, { free, reads }] of this.#states.entries()) {
      for (const { to, when } of free) if (when !== 'start') into[to]?.push(from);
      if (reads) into[reads.to]?.push(from);
    }
    const reached = new Uint8Array(this.#states.length);
    const queue = [this.#accept];
    for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
      if (reached[state] === 1) continue;
      reached[state] = 1;
      queue.push(...(into[state] ?? []));
    }
    return reached;
  }

  #closure(members: readonly number[], atStart: boolean, atEnd: boolean): Set<number> {
    const seen = new Set(members);
    const queue = [...members];
    for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
      for (const { to, when } of this.#states[state]?.free ?? []) {
        const passes = when === 'always' || (when === 'start' ? atStart : atEnd);
        if (passes && !seen.has(to)) {
          seen.add(to);
          queue.push(to);
        }
      }
    }
    return seen;
  }

  #intern(members: readonly number[], atStart: boolean): number {
    const closed = this.#closure(members, atStart, false);
    // States that lead to no match are left out: sets become fewer, and a dead end empty.
    const sorted = [...closed]
      .filter((state) => atStart || this.#alive[state] === 1)
      .sort((a, b) => a - b);
    const key = (atStart ? '^' : '') + sorted.join();
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#members += sorted.length;
    if (this.#sets.length >= MAX_STATES || this.#members > MAX_MEMBERS) throw new TooLarge();
    const accepting = this.#closure(sorted, atStart, true).has(this.#accept);
    const id = this.#sets.push({ members: sorted, accepting }) - 1;
    this.#ids.set(key, id);
    return id;
  }
}
