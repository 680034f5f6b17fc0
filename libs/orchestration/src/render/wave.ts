import type { TargetEntry } from '@harmony/artifact';
import type { Plan } from './plan.ts';
import type { Records } from './records.ts';

/** The targets of one wave, and what its states are made of. */
export interface Wave {
  readonly number: number;
  readonly entries: readonly TargetEntry[];
  readonly plan: Plan;
  readonly records: Records;
  /** Whether a failure is recorded; uncaught, it stops the others, which is what `abort` asks. */
  readonly catches: boolean;
}

/** The retry policies of a wave's targets; the first of them needs no rule of its own. */
export function policiesIn({ entries }: Pick<Wave, 'entries'>): readonly number[] {
  const found = [...new Set(entries.map(({ retry = 0 }) => retry))].sort((a, b) => a - b);
  return found.length === 0 ? [0] : found;
}

/** Dependencies that did not succeed. */
export const MISSING = `$states.input.dependsOn[$not($ in $succeeded)]`;
