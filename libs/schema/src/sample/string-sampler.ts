import type { Choices } from './choices.ts';
import { exploreStates, type StringTest } from '../regex/language.ts';

/** Longest detour from the shortest way to a string's end, in characters. */
const MAX_DETOUR = 24;

interface Step {
  readonly char: number;
  readonly to: number;
}

/** The strings for which all tests hold, as a graph of which every path leads to one. */
export class StringSampler {
  readonly #steps: readonly (readonly Step[])[];
  readonly #accepting: readonly boolean[];
  /** Characters that are at least still needed from each state. */
  readonly #distance: readonly number[];

  constructor(tests: readonly StringTest[]) {
    const { steps, accepting } = exploreStates(tests);
    const distance = accepting.map((accepts) => (accepts ? 0 : Infinity));
    const into = steps.map((): number[] => []);
    for (const [from, list] of steps.entries()) for (const { to } of list) into[to]?.push(from);
    const queue = accepting.flatMap((accepts, state) => (accepts ? [state] : []));
    for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
      for (const from of into[state] ?? []) {
        if (distance[from] !== Infinity) continue;
        distance[from] = (distance[state] ?? 0) + 1;
        queue.push(from);
      }
    }
    const far = (step: Step) => distance[step.to] ?? Infinity;
    this.#distance = distance;
    this.#accepting = accepting;
    this.#steps = steps.map((list) =>
      list.filter((step) => far(step) < Infinity).sort((a, b) => far(a) - far(b)),
    );
  }

  /** One such string; undefined if there is none (or none was reached within the search's limit). */
  sample(choices: Choices): string | undefined {
    let state = 0;
    let text = '';
    if (this.#distance[0] === Infinity) return undefined;
    for (let length = 0; ; length++) {
      const steps = this.#steps[state] ?? [];
      if (this.#accepting[state]) {
        const more = steps.length > 0 && length < MAX_DETOUR && choices.choose(4) > 1;
        if (!more) return text;
      }
      const free = length < MAX_DETOUR;
      const step = steps[free ? choices.choose(steps.length) : 0];
      if (!step) return undefined;
      text += String.fromCodePoint(step.char);
      state = step.to;
    }
  }
}
