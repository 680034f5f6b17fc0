/**
 * Where a generated value's decisions come from. 0 is always the simplest option, so that a value
 * is made smaller by making its choices smaller.
 */
export interface Choices {
  /** An integer from 0 to `count - 1`. */
  choose(count: number): number;
}

/** The simplest value. */
export const SIMPLEST: Choices = { choose: () => 0 };

/** Replays recorded choices, then chooses the simplest. */
export function replay(recorded: readonly number[]): Choices {
  let at = 0;
  return {
    choose(count) {
      const choice = recorded[at++] ?? 0;
      return count <= 1 ? 0 : Math.abs(Math.trunc(choice)) % count;
    },
  };
}

/** Pseudo-random choices, the same for the same seed (mulberry32); `recorded` holds what was chosen. */
export function seeded(seed: number): Choices & { readonly recorded: number[] } {
  let state = seed >>> 0;
  const recorded: number[] = [];
  return {
    recorded,
    choose(count) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      const unit = ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
      const choice = count <= 1 ? 0 : Math.floor(unit * count);
      recorded.push(choice);
      return choice;
    },
  };
}
