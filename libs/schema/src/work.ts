/**
 * How much a comparison may do. Schemas can be small and their comparison exponential, so every loop
 * that schemas can blow up counts its steps here; past the bound the verdict is `unknown`, by name.
 * Steps, not time: the same schemas get the same verdict on every machine.
 */
export class TooMuchWork extends Error {
  override name = 'TooMuchWork';
}

let left = Infinity;
let caches: Map<object, Map<unknown, unknown>> | undefined;
const lasting = new Map<object, Map<unknown, unknown>>();

/** Entries of one cache outside of any comparison, where nothing else ends its life. */
const MAX_LASTING = 5_000;

/** What reading one character costs, as a part of a step. */
export const STRING_STEP = 0.02;

/** Counts steps of the work that runs. @throws {TooMuchWork} past its bound */
export function spend(steps = 1): void {
  left -= steps;
  if (left < 0) throw new TooMuchWork('it takes more steps than are allowed');
}

/** Runs with a bound of its own, not counted against the one outside. @throws {TooMuchWork} */
export function within<T>(steps: number, run: () => T): T {
  const outer = left;
  left = steps;
  try {
    return run();
  } finally {
    left = outer;
  }
}

/**
 * As `run`, with caches of its own, or those of the comparison that it is a part of: what an answer
 * costs never depends on earlier comparisons.
 */
export function withCaches<T>(run: () => T): T {
  if (caches !== undefined) return run();
  caches = new Map();
  try {
    return run();
  } finally {
    caches = undefined;
  }
}

/** What has been worked out under `owner`, any object that is the question's own. */
export function cacheOf<K, V>(owner: object): Map<K, V> {
  const all = caches ?? lasting;
  let cache = all.get(owner);
  if (cache === undefined) all.set(owner, (cache = new Map()));
  if (all === lasting && cache.size > MAX_LASTING) cache.clear();
  return cache as Map<K, V>;
}
