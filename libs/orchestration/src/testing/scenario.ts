import fc from 'fast-check';
import { defineOrchestration } from '../define-orchestration.ts';
import type { OnTargetFailure } from '@harmony/artifact';
import type { Orchestration } from '../orchestration.ts';
import { outputOf } from '../reference.ts';
import type { RetryPolicy } from '../retry.ts';
import { START_FAILURES } from '../retry.ts';
import { target } from '../target.ts';
import type { RunOptions } from './run.ts';
import { probe, probePayload } from './run.ts';

/** One target of a random run: how it is run, and what goes wrong with it. */
export interface Role {
  readonly seconds: number;
  readonly fails: boolean;
  /** How often its start is refused, and with which of the known errors. */
  readonly throttles: number;
  readonly error: string;
  readonly policy: keyof typeof RETRIES;
  readonly timeout?: number | undefined;
  readonly delay?: number | undefined;
  readonly condition?: boolean | undefined;
  readonly disabled: boolean;
  /** Positions of earlier targets. */
  readonly after: readonly number[];
  /** Position of an earlier target whose output it takes. */
  readonly takes?: number | undefined;
}

export interface Scenario {
  readonly roles: readonly Role[];
  readonly onTargetFailure: OnTargetFailure;
  readonly maxConcurrency: number;
  readonly debug: {
    readonly skipDelays?: boolean | undefined;
    readonly only?: readonly number[] | undefined;
    readonly disable?: readonly number[] | undefined;
  };
  /** Whether the switches are the stage's, or the run's own. */
  readonly ofStage: boolean;
}

export const RETRIES = {
  default: undefined,
  never: { attempts: 1 },
  often: { attempts: 6, interval: 1, backoff: 1, maxDelay: 2 },
  children: { attempts: 2, errors: ['States.TaskFailed'] },
} satisfies Record<string, RetryPolicy | undefined>;

const role = (position: number): fc.Arbitrary<Role> =>
  fc.record({
    seconds: fc.integer({ min: 0, max: 20 }),
    fails: fc.nat(4).map((n) => n === 0),
    throttles: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.nat(6) },
    ),
    error: fc.constantFrom(...START_FAILURES),
    policy: fc.constantFrom('default', 'default', 'never', 'often', 'children'),
    timeout: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 3 }),
    delay: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined, freq: 2 }),
    condition: fc.option(fc.boolean(), { nil: undefined, freq: 2 }),
    disabled: fc.nat(7).map((n) => n === 0),
    after:
      position === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(position - 1), { maxLength: 2 }),
    takes:
      position === 0
        ? fc.constant(undefined)
        : fc.option(fc.nat(position - 1), { nil: undefined, freq: 2 }),
  });

export const scenarios: fc.Arbitrary<Scenario> = fc.integer({ min: 0, max: 7 }).chain((count) => {
  const positions = fc.uniqueArray(fc.nat(Math.max(0, count - 1)), { maxLength: count });
  return fc.record({
    roles: fc.tuple(...Array.from({ length: count }, (_, position) => role(position))),
    onTargetFailure: fc.constantFrom<OnTargetFailure>('abort', 'failAtEnd', 'continue'),
    maxConcurrency: fc.constantFrom(0, 1, 2),
    debug: fc.record(
      {
        skipDelays: fc.boolean(),
        only: fc.option(positions, { nil: undefined, freq: 1 }),
        disable: fc.option(positions, { nil: undefined, freq: 2 }),
      },
      { requiredKeys: [] },
    ),
    ofStage: fc.boolean(),
  });
});

export const idOf = (position: number) => `t${position}`;

export function orchestrationOf({
  roles,
  onTargetFailure,
  maxConcurrency,
}: Scenario): Orchestration {
  const targets = roles.map((item, position) => {
    const { timeout, delay, condition, takes } = item;
    const retry: RetryPolicy | undefined = RETRIES[item.policy];
    return target(probe, {
      id: idOf(position),
      configuration: {
        seconds: item.seconds,
        ...(item.fails ? { fail: `${idOf(position)} "fails"` } : {}),
        ...(takes === undefined ? {} : { link: outputOf(probe, idOf(takes)).link }),
      },
      dependsOn: item.after.map(idOf),
      disableTarget: item.disabled,
      ...(timeout === undefined ? {} : { timeout }),
      ...(delay === undefined ? {} : { delay }),
      ...(condition === undefined ? {} : { when: condition ? "kind = 'shop'" : "kind = 'farm'" }),
      ...(retry === undefined ? {} : { retry }),
    });
  });
  return defineOrchestration({
    name: 'review',
    payload: probePayload,
    targets,
    onTargetFailure,
    maxConcurrency,
  });
}

export function optionsOf({ roles, debug, ofStage }: Scenario): RunOptions {
  const switches = {
    ...(debug.skipDelays === undefined ? {} : { skipDelays: debug.skipDelays }),
    ...(debug.only === undefined ? {} : { only: debug.only.map(idOf) }),
    ...(debug.disable === undefined ? {} : { disable: debug.disable.map(idOf) }),
  };
  const payload = { account: '1', kind: 'shop', from: '2026-01-31T05:00:00Z' };
  return {
    input: ofStage ? { payload } : { payload, debug: switches },
    debug: ofStage ? switches : {},
    throttles: Object.fromEntries(
      roles.map(({ throttles, error }, position) => [idOf(position), { times: throttles, error }]),
    ),
  };
}
