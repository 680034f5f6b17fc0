import type { RuleFinding } from './finding.ts';

/** A target as far as its place in the order is concerned. */
export interface Ordered {
  readonly id: string;
  readonly dependsOn?: readonly string[];
  /** The Map it runs in, where that is decided already; 1 where it is missing. */
  readonly wave?: number;
}

/** A finding of a whole list, and the target that it is about. */
export interface OrderFinding extends RuleFinding {
  readonly target: string;
}

/** Dependencies that are unknown or go in circles, each named. */
export function checkDependencies(targets: readonly Ordered[]): OrderFinding[] {
  const known = new Set(targets.map(({ id }) => id));
  const unknown = targets.flatMap(({ id, dependsOn = [] }) =>
    dependsOn
      .filter((other) => !known.has(other))
      .map((other) =>
        finding(id, `"${other}" names no target (targets: ${[...known].join(', ')})`),
      ),
  );
  if (unknown.length > 0) return unknown;
  const cycle = findCycle(targets);
  if (cycle === undefined) return [];
  return [finding(cycle[0] ?? '', `waits for itself: ${cycle.join(' → ')}`)];
}

/** The same, and that each target's wave comes after those of what it waits for. */
export function checkOrder(targets: readonly Ordered[]): OrderFinding[] {
  const findings = checkDependencies(targets);
  if (findings.length > 0) return findings;
  const waves = new Map(targets.map(({ id, wave = 1 }) => [id, wave]));
  return targets.flatMap(({ id, wave = 1, dependsOn = [] }) =>
    dependsOn
      .filter((other) => (waves.get(other) ?? 1) >= wave)
      .map((other) =>
        finding(id, `"${other}" is in wave ${waves.get(other)}, not before its own, ${wave}`),
      ),
  );
}

function finding(target: string, reason: string): OrderFinding {
  return { target, code: 'ORDER', path: 'dependsOn', reason };
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
  const left = new Map(targets.map(({ id, dependsOn = [] }) => [id, dependsOn]));
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
