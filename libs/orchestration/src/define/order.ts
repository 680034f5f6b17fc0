import type { Issue } from '@harmony/contract';

/** A target as far as its place in the order is concerned. */
export interface Ordered {
  readonly id: string;
  readonly dependsOn: readonly string[];
  /** Where to point when its dependencies are wrong. */
  readonly path: string;
}

/** Unknown ids and cycles, each named. */
export function checkOrder(targets: readonly Ordered[]): Issue[] {
  const known = new Set(targets.map(({ id }) => id));
  const unknown = targets.flatMap(({ dependsOn, path }) =>
    dependsOn
      .filter((id) => !known.has(id))
      .map((id) => {
        const message = `"${id}" names no target (targets: ${[...known].join(', ')})`;
        return { path: `${path}.dependsOn`, message };
      }),
  );
  if (unknown.length > 0) return unknown;
  const cycle = findCycle(targets);
  if (cycle === undefined) return [];
  const path = targets.find(({ id }) => id === cycle[0])?.path ?? 'targets';
  return [{ path: `${path}.dependsOn`, message: `waits for itself: ${cycle.join(' → ')}` }];
}

/**
 * The wave of each target: 1, or one more than the last target it waits for.
 * @param targets without cycles
 */
export function wavesOf(targets: readonly Ordered[]): ReadonlyMap<string, number> {
  const byId = new Map(targets.map((item) => [item.id, item]));
  const waves = new Map<string, number>();
  // Iterative: a chain may be as long as the list.
  const stack = targets.map(({ id }) => id).toReversed();
  for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
    const before = byId.get(id)?.dependsOn ?? [];
    const open = before.filter((dependency) => !waves.has(dependency));
    if (open.length === 0 || waves.has(id)) {
      waves.set(id, 1 + Math.max(0, ...before.map((dependency) => waves.get(dependency) ?? 0)));
      stack.pop();
    } else stack.push(...open);
  }
  return waves;
}

/** Ids from one target to itself; undefined where there is no cycle. */
function findCycle(targets: readonly Ordered[]): string[] | undefined {
  const left = new Map(targets.map(({ id, dependsOn }) => [id, dependsOn]));
  // What waits for nothing that is left is in no cycle.
  for (let free = true; free;) {
    free = false;
    for (const [id, dependsOn] of left) {
      if (dependsOn.some((dependency) => left.has(dependency))) continue;
      left.delete(id);
      free = true;
    }
  }
  const [start] = left.keys();
  if (start === undefined) return undefined;
  const path = [start];
  for (;;) {
    const next = (left.get(path.at(-1) ?? '') ?? []).find((id) => left.has(id)) ?? start;
    const seen = path.indexOf(next);
    if (seen >= 0) return [...path.slice(seen), next];
    path.push(next);
  }
}
