import { EVERY_CHARACTER, type Range } from './ast.ts';
import { cacheOf, spend, STRING_STEP } from '../work.ts';
import { Automaton, TooLarge } from './automaton.ts';
import { literalRegex, parseRegex } from './parse.ts';

/** Steps of one search through a product of automata; past it the question is undecided. */
const MAX_STEPS = 200_000;

/** States that a sampler keeps. */
const MAX_SAMPLED_STATES = 8_000;

/** One condition on a string. */
export type StringTest =
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  /** In code points, as JSON Schema counts; both ends included. */
  | { readonly kind: 'length'; readonly min: number; readonly max: number };

interface Part {
  readonly automaton: Automaton;
  readonly negate: boolean;
}

/** Automata of a pattern or of literals, all of which must hold; undefined if not regular. */
function compile(key: string, test: Exclude<StringTest, { kind: 'length' }>) {
  const compiled = cacheOf<string, readonly Part[] | undefined>(compile);
  if (compiled.has(key)) return compiled.get(key);
  let parts: readonly Part[] | undefined;
  try {
    parts =
      test.kind === 'values'
        ? [{ automaton: new Automaton(literalRegex(test.values)), negate: false }]
        : parseRegex(test.source)?.map(({ regex, negate }) => ({
            automaton: new Automaton(regex),
            negate,
          }));
  } catch (error) {
    // A stack that overflows is a pattern nested too deeply.
    if (!(error instanceof TooLarge || error instanceof RangeError)) throw error;
  }
  compiled.set(key, parts);
  return parts;
}

/**
 * Does the pattern match the text? Read character by character, so that no pattern takes longer than
 * the text is long; undefined where there is no automaton.
 */
export function runPattern(source: string, text: string): boolean | undefined {
  const test = { kind: 'pattern', source } as const;
  try {
    return compile(testKey(test), test)?.every(({ automaton, negate }) => {
      let state = automaton.initial;
      for (const char of text) {
        spend(STRING_STEP);
        state = automaton.step(state, char.codePointAt(0) ?? 0);
      }
      return automaton.accepts(state) !== negate;
    });
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** Is there an automaton for this test? Without one, only an equal test decides. */
export function isDecidable(test: StringTest): boolean {
  return test.kind === 'length' || compile(testKey(test), test) !== undefined;
}

export function testKey(test: StringTest): string {
  return JSON.stringify(test);
}

/** How a search ended. */
export type Found =
  | { readonly kind: 'found'; readonly value: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided' };

/**
 * Looks breadth first for the shortest string for which `wanted` holds.
 * @param tests conditions, undecidable ones not among them
 * @param wanted told which tests hold, in their order
 * @param needed so many of the first tests must hold: what can no longer lead there is not followed
 */
export function findString(
  tests: readonly StringTest[],
  wanted: (holds: readonly boolean[]) => boolean,
  needed = 0,
): Found {
  let value: string | undefined;
  const complete = exploreStrings(
    tests,
    (text, holds) => {
      if (!wanted(holds)) return true;
      value = text();
      return false;
    },
    needed,
  );
  if (value !== undefined) return { kind: 'found', value };
  return { kind: complete ? 'none' : 'undecided' };
}

function greatestLength(test: StringTest): number {
  return test.kind === 'length' ? test.max : Infinity;
}

/**
 * Visits one shortest string for each state of the tests' product, until `visit` returns false.
 * @returns false if it had to give up before every state was seen
 */
export function exploreStrings(
  tests: readonly StringTest[],
  visit: (text: () => string, holds: readonly boolean[]) => boolean,
  needed = 0,
): boolean {
  // Shorter strings come first, so that a greatest length need not be counted: it ends the search.
  const longest = Math.min(...tests.slice(0, needed).map(greatestLength));
  const walker = new Walker(
    tests.map((test, index) =>
      test.kind === 'length' && index < needed ? { ...test, max: Infinity } : test,
    ),
  );
  const initial = walker.initial();
  const seen = new Map<string, number>([[initial.join(), 0]]);
  const nodes: { state: readonly number[]; parent: number; char: number; length: number }[] = [
    { state: initial, parent: -1, char: 0, length: 0 },
  ];
  let steps = 0;
  try {
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index];
      if (!node) break;
      const text = () => {
        const chars: string[] = [];
        for (let at = index; at > 0; at = nodes[at]?.parent ?? 0) {
          chars.push(String.fromCodePoint(nodes[at]?.char ?? 0));
        }
        return chars.reverse().join('');
      };
      if (!visit(text, walker.holds(node.state))) return true;
      const length = node.length + 1;
      if (length > longest) continue;
      for (const char of walker.alphabet) {
        if (++steps > MAX_STEPS) return false;
        spend(STRING_STEP);
        const state = walker.step(node.state, char);
        if (walker.isLost(state, needed)) continue;
        const key = state.join();
        if (seen.has(key)) continue;
        seen.set(key, nodes.length);
        nodes.push({ state, parent: index, char, length });
      }
    }
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return false;
  }
  return true;
}

/**
 * The states of the tests' product with their transitions, the first being the start. What lies
 * beyond the limit is left out.
 */
export function exploreStates(tests: readonly StringTest[]): {
  readonly steps: readonly (readonly { readonly char: number; readonly to: number }[])[];
  readonly accepting: readonly boolean[];
} {
  const walker = new Walker(tests);
  const states: (readonly number[])[] = [walker.initial()];
  const ids = new Map<string, number>([[states[0]?.join() ?? '', 0]]);
  const steps: { char: number; to: number }[][] = [];
  const accepting: boolean[] = [];
  const follow = (state: readonly number[], char: number): readonly number[] | undefined => {
    spend(STRING_STEP);
    try {
      const next = walker.step(state, char);
      return walker.isLost(next, tests.length) ? undefined : next;
    } catch (error) {
      if (error instanceof TooLarge) return undefined;
      throw error;
    }
  };
  for (let index = 0; index < states.length; index++) {
    const state = states[index] ?? [];
    accepting.push(walker.holds(state).every(Boolean));
    const list: { char: number; to: number }[] = [];
    steps.push(list);
    for (const char of walker.alphabet) {
      const next = follow(state, char);
      if (next === undefined) continue;
      const key = next.join();
      let to = ids.get(key);
      if (to === undefined) {
        if (states.length >= MAX_SAMPLED_STATES) continue;
        to = states.push(next) - 1;
        ids.set(key, to);
      }
      list.push({ char, to });
    }
  }
  return { steps, accepting };
}

/** Walks several tests in step: one number for each automaton, and the length so far. */
class Walker {
  readonly #tests: readonly {
    readonly parts: readonly { readonly slot: number; readonly negate: boolean }[];
    readonly length?: Extract<StringTest, { kind: 'length' }>;
  }[];
  readonly #automata: Automaton[] = [];
  /** Lengths beyond it cannot be told apart by any test. */
  readonly #cap: number;
  /** One character for each class that some automaton tells apart, plain ones first. */
  readonly alphabet: readonly number[];

  constructor(tests: readonly StringTest[]) {
    let cap = 0;
    this.#tests = tests.map((test) => {
      if (test.kind === 'length') {
        cap = Math.max(cap, test.min, test.max === Infinity ? 0 : test.max + 1);
        return { parts: [], length: test };
      }
      const parts = compile(testKey(test), test) ?? [];
      return {
        parts: parts.map(({ automaton, negate }) => ({
          slot: this.#automata.push(automaton) - 1,
          negate,
        })),
      };
    });
    this.#cap = cap;
    this.alphabet = classes(this.#automata.flatMap((automaton) => automaton.ranges()));
  }

  initial(): number[] {
    return [0, ...this.#automata.map((automaton) => automaton.initial)];
  }

  step(state: readonly number[], char: number): number[] {
    const next = [Math.min((state[0] ?? 0) + 1, this.#cap)];
    for (const [slot, automaton] of this.#automata.entries()) {
      next.push(automaton.step(state[slot + 1] ?? 0, char));
    }
    return next;
  }

  /** Can one of the first `needed` tests no longer come to hold, whatever follows? */
  isLost(state: readonly number[], needed: number): boolean {
    return this.#tests.slice(0, needed).some(({ parts, length }) => {
      if (length) return (state[0] ?? 0) > length.max;
      return parts.some(
        ({ slot, negate }) =>
          !negate && (this.#automata[slot]?.isDead(state[slot + 1] ?? 0) ?? false),
      );
    });
  }

  holds(state: readonly number[]): boolean[] {
    const length = state[0] ?? 0;
    return this.#tests.map((test) => {
      if (test.length) return test.length.min <= length && length <= test.length.max;
      return test.parts.every(
        ({ slot, negate }) =>
          (this.#automata[slot]?.accepts(state[slot + 1] ?? 0) ?? false) !== negate,
      );
    });
  }
}

/** Characters that read well in a counterexample, best first. */
const NICE = [...'a0A-_. :/@xzXZ19'].map((char) => char.codePointAt(0) ?? 0);

function classes(ranges: readonly Range[]): number[] {
  const cuts = new Set<number>();
  for (const [from, to] of [...ranges, ...EVERY_CHARACTER]) {
    cuts.add(from);
    cuts.add(to + 1);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const picks: number[] = [];
  for (const [index, from] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next === undefined || !EVERY_CHARACTER.some(([a, b]) => a <= from && from <= b)) continue;
    const inside = (code: number) => from <= code && code < next;
    picks.push(NICE.find(inside) ?? (inside(0x7e) ? 0x7e : from));
  }
  const rank = (code: number) => {
    const nice = NICE.indexOf(code);
    if (nice >= 0) return nice;
    return code > 0x20 && code < 0x7f ? 100 : 200 + code;
  };
  return picks.sort((a, b) => rank(a) - rank(b));
}
