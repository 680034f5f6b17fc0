import type { TargetEntry } from '@harmony/artifact';
import type { StateMachine } from '@harmony/assembly';
import { targetsOf } from '@harmony/local';
import { UsageError } from '../../usage-error.ts';
import type { RunFlags } from './flags.ts';

/** @throws UsageError for switches of targets, which a child does not have */
export function refuseSwitches(name: string, flags: RunFlags): void {
  const given = [
    flags.skipDelays === true && '--skip-delays',
    flags.only !== undefined && '--only',
    flags.withDependencies === true && '--with-dependencies',
    flags.disable !== undefined && '--disable',
  ].filter((option) => option !== false);
  if (given.length === 0) return;
  throw new UsageError(
    `${name} is a child workflow and has no targets: leave out ${given.join(', ')}.`,
  );
}

/**
 * What the command line puts into the input's `debug`.
 * @throws UsageError for a target that there is none of
 */
export function switches(
  name: string,
  machine: StateMachine,
  flags: RunFlags,
): Record<string, unknown> {
  const targets = targetsOf(machine);
  const ids = targets.map(({ id }) => id);
  for (const option of ['only', 'disable'] as const) {
    if (flags[option]?.length === 0) {
      throw new UsageError(`--${option} names no target. ${name} has: ${ids.join(', ')}.`);
    }
    const unknown = (flags[option] ?? []).filter((id) => !ids.includes(id));
    if (unknown.length === 0) continue;
    const list = unknown.map((id) => JSON.stringify(id)).join(', ');
    throw new UsageError(
      `--${option} names ${list}, which ${name} doesn't have. Its targets: ${ids.join(', ')}.`,
    );
  }
  const { only, disable, skipDelays, withDependencies } = flags;
  if (withDependencies === true && only === undefined) {
    throw new UsageError('--with-dependencies adds to what --only names: give --only, too.');
  }
  return {
    ...(skipDelays === true ? { skipDelays: true } : {}),
    ...(only === undefined ? {} : { only: withDependencies ? [...withAll(only, targets)] : only }),
    ...(disable === undefined ? {} : { disable }),
  };
}

/** What `only` leaves out although others that it names wait for it, as a hint; if there is any. */
export function leftOutText(machine: StateMachine, only: readonly string[]): string | undefined {
  const targets = targetsOf(machine);
  const hints = targets
    .filter(({ id }) => only.includes(id))
    .flatMap(({ id, dependsOn = [] }) => {
      const left = dependsOn.filter((other) => !only.includes(other));
      return left.length === 0 ? [] : [`${id} depends on ${left.join(', ')}`];
    });
  if (hints.length === 0) return undefined;
  return `${hints.join('; ')}, which --only leaves out, so it will be BLOCKED. Add --with-dependencies to run what it depends on.`;
}

function withAll(only: readonly string[], targets: readonly TargetEntry[]): ReadonlySet<string> {
  const all = new Set(only);
  // A Set's iteration goes on over what is added on the way.
  for (const id of all) {
    for (const other of targets.find((target) => target.id === id)?.dependsOn ?? []) all.add(other);
  }
  return all;
}
