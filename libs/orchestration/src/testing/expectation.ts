import { DEFAULT_RETRY } from '../retry.ts';
import type { Role, Scenario } from './scenario.ts';
import { idOf, RETRIES } from './scenario.ts';

/** What must become of a target where no abort cuts the run short. */
export interface Expected {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'SKIPPED' | 'BLOCKED';
  readonly attempts?: number;
  readonly reason?: string;
  readonly dependency?: string;
}

/** The rules of an orchestration once more, in plain code: what the rendered machine is held to. */
export function expectationOf(scenario: Scenario): readonly Expected[] {
  const found: Expected[] = [];
  scenario.roles.forEach((role, position) => {
    const reason = whySkipped(scenario, role, position);
    const first = waitsFor(role).find((other) => found[other]?.status !== 'SUCCEEDED');
    if (reason !== undefined) found.push({ status: 'SKIPPED', reason });
    else if (first !== undefined) found.push({ status: 'BLOCKED', dependency: idOf(first) });
    else found.push(attempt(role));
  });
  return found;
}

export function waitsFor({ after, takes }: Role): readonly number[] {
  return [...new Set([...after, ...(takes === undefined ? [] : [takes])])];
}

function whySkipped(
  { debug, ofStage }: Scenario,
  role: Role,
  position: number,
): string | undefined {
  if (role.disabled) return 'disabled in the orchestration';
  if (debug.disable?.includes(position) === true) {
    return ofStage ? 'disabled in the stage' : 'disabled in this run';
  }
  if (debug.only !== undefined && !debug.only.includes(position)) return 'not in only';
  return role.condition === false ? 'its condition is not met' : undefined;
}

function attempt({ throttles, policy, seconds, timeout, fails }: Role): Expected {
  const starts =
    policy === 'children'
      ? DEFAULT_RETRY.attempts
      : (RETRIES[policy]?.attempts ?? DEFAULT_RETRY.attempts);
  if (throttles >= starts) return { status: 'FAILED', attempts: starts };
  // A child that takes just as long as it may is still timed out or not: see `isTie`.
  if (timeout !== undefined && seconds > timeout) {
    return { status: 'TIMED_OUT', attempts: throttles + 1 };
  }
  if (!fails) return { status: 'SUCCEEDED', attempts: throttles + 1 };
  return { status: 'FAILED', attempts: throttles + (policy === 'children' ? 2 : 1) };
}

/** Whether a child ends in the very second of its timeout, which is nobody's to decide. */
export function isTie({ roles }: Scenario): boolean {
  return roles.some(({ seconds, timeout }) => seconds === timeout);
}
