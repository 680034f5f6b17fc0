import { STATE, stateName } from '@harmony/artifact';
import { describe, expect, test } from 'vitest';
import { contractOf } from './contract-of.ts';
import { defineOrchestration, outputOf, target } from './index.ts';
import type { Orchestration, Target } from './index.ts';
import { renderOrchestrator } from './render/render-orchestrator.ts';
import { stateMachineArn } from './testing/children.ts';
import { probe, probePayload, runOrchestration, START } from './testing/run.ts';

type Options = Partial<Omit<Target<typeof probe>, 'id' | 'contract' | 'child'>>;

const one = (id: string, options: Options = {}) =>
  target(probe, { id, configuration: {}, ...options });
const define = (
  targets: readonly Target<typeof probe>[],
  options: Partial<Pick<Orchestration, 'onTargetFailure' | 'maxConcurrency' | 'timeout'>> = {},
) => defineOrchestration({ name: 'review', payload: probePayload, targets, ...options });

const statuses = (outcomes: readonly { id: string; status: string }[]) =>
  Object.fromEntries(outcomes.map(({ id, status }) => [id, status]));
const entered = (events: readonly { type: string }[]) =>
  events.filter(({ type }) => type.endsWith('StateEntered')).length;
const seconds = (outcome: { startDate?: string } | undefined) =>
  (Date.parse(outcome?.startDate ?? '') - START) / 1000;

describe('retry', () => {
  test('a throttled start is repeated, and tells how often', async () => {
    const ran = await runOrchestration(define([one('a'), one('b')]), {
      throttles: { a: { times: 3, error: 'StepFunctions.ExecutionLimitExceeded' } },
    });
    expect(ran.outcomes).toMatchObject([
      { id: 'a', status: 'SUCCEEDED', attempts: 4 },
      { id: 'b', status: 'SUCCEEDED', attempts: 1 },
    ]);
    const { outcomes } = ran.result.output as { outcomes: object[] };
    expect(outcomes).toMatchObject([{ attempts: 4 }, { attempts: 1 }]);
  });

  test('four attempts are made and no more', async () => {
    const { outcomes } = await runOrchestration(define([one('a')]), {
      throttles: { a: { times: 99, error: 'StepFunctions.ThrottlingException' } },
    });
    expect(outcomes[0]).toMatchObject({
      status: 'FAILED',
      attempts: 4,
      error: 'StepFunctions.ThrottlingException',
      cause: 'slow down',
    });
  });

  test('a child that failed on its own account is not started again', async () => {
    const { outcomes, children } = await runOrchestration(
      define([one('a', { configuration: { fail: 'not JSON "at all"' } })]),
    );
    expect(children).toHaveLength(1);
    expect(outcomes[0]).toMatchObject({
      status: 'FAILED',
      attempts: 1,
      error: 'Own.Error',
      cause: 'not JSON "at all"',
    });
  });

  test('unless its target says so; start failures keep their own policy', async () => {
    const retry = { attempts: 2, errors: ['States.TaskFailed'] };
    const { outcomes, children } = await runOrchestration(
      define([one('a', { retry, configuration: { fail: 'x' } })]),
      { throttles: { a: { times: 3, error: 'StepFunctions.SfnException' } } },
    );
    expect(children).toHaveLength(2);
    expect(outcomes[0]).toMatchObject({ status: 'FAILED', attempts: 5 });
  });

  test('attempts: 1 repeats nothing', async () => {
    const { outcomes } = await runOrchestration(define([one('a', { retry: { attempts: 1 } })]), {
      throttles: { a: { times: 1, error: 'StepFunctions.ExecutionLimitExceeded' } },
    });
    expect(outcomes[0]).toMatchObject({ status: 'FAILED', attempts: 1 });
  });

  test('equal policies share one Execute, and another policy costs no transition', async () => {
    const retry = { attempts: 9 };
    const orchestration = define([
      one('a'),
      one('b'),
      one('c', { retry }),
      one('d', { retry: { ...retry }, delay: 5 }),
    ]);
    const { definition, events, outcomes } = await runOrchestration(orchestration);
    const { States } = definition.States[STATE.run]?.['ItemProcessor'] as {
      States: object;
    };
    expect(Object.keys(States)).toEqual([
      STATE.decide,
      STATE.skip,
      STATE.execute,
      stateName(STATE.delay, { policy: 1 }),
      stateName(STATE.execute, { policy: 1 }),
      STATE.recordFailure,
      STATE.recordText,
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('SUCCEEDED'));
    // Inject, Check debug, Run, Summarise, Any failed, Succeed; 3 × 2 and 3 with the delay.
    expect(entered(events)).toBe(6 + 3 * 2 + 3);
  });

  test.each([
    [{ attempts: 0 }, 'retry.attempts: expected an integer of 1'],
    [{ interval: 0 }, 'retry.interval'],
    [{ backoff: 0.5 }, 'retry.backoff'],
    [
      { interval: 60, maxDelay: 60 },
      'retry.maxDelay: expected whole seconds above the interval (60)',
    ],
    [{ errors: [] }, 'retry.errors: expected at least one'],
    [{ errors: ['ContractViolation'] }, 'retry.errors[0]: "ContractViolation" never comes'],
    [{ errors: ['States.ALL', 'States.Timeout'] }, 'States.ALL stands alone'],
  ])('%j is refused: %s', (retry, message) => {
    expect(() => define([one('a', { retry })])).toThrow(message);
  });
});

describe('timeout', () => {
  test('of a target ends as TIMED_OUT; the others are not touched', async () => {
    const targets = [
      one('slow', { timeout: 10, configuration: { seconds: 500 } }),
      one('fast', { configuration: { seconds: 20 } }),
    ];
    const { outcomes } = await runOrchestration(define(targets));
    expect(outcomes).toMatchObject([
      { status: 'TIMED_OUT', error: 'States.Timeout' },
      { status: 'SUCCEEDED' },
    ]);
    expect(Date.parse(outcomes[0]?.stopDate ?? '') - START).toBe(10_000);
  });

  test('a child’s own timeout is TIMED_OUT too', async () => {
    const slow = one('a', { configuration: { seconds: 700 } });
    expect((await runOrchestration(define([slow]))).outcomes[0]).toMatchObject({
      status: 'TIMED_OUT',
    });
  });

  test('of the orchestration ends the run: what is in flight is aborted', async () => {
    const slow = one('a', { configuration: { seconds: 500 } });
    const later = one('b', { dependsOn: ['a'] });
    const { result, outcomes } = await runOrchestration(define([slow, later], { timeout: 60 }));
    expect(result.status).toBe('TIMED_OUT');
    expect(statuses(outcomes)).toEqual({ a: 'ABORTED', b: 'NOT_STARTED' });
  });

  test.each([0, -1, 1.5, 31_536_001])('%d seconds are refused', (timeout) => {
    expect(() => define([one('a', { timeout })])).toThrow('timeout: expected whole seconds from 1');
    expect(() => define([], { timeout })).toThrow('timeout: expected whole seconds from 1');
  });

  test('of the orchestration covers those of targets that wait for one another', () => {
    const targets = [
      one('a', { delay: 100, timeout: 600 }),
      one('b', { dependsOn: ['a'], timeout: 600 }),
    ];
    expect(() => define(targets, { timeout: 1300 })).not.toThrow();
    expect(() => define(targets, { timeout: 1299 })).toThrow(
      'targets["b"].timeout: delays and timeouts of what it waits for (a) may take 700 seconds',
    );
  });
});

describe('when', () => {
  const input = { payload: { account: '1', kind: 'shop', from: '2026-01-31T05:00:00Z' } };

  test.each([
    ["kind = 'shop'", 'SUCCEEDED'],
    ["kind = 'farm'", 'SKIPPED'],
    ["account in ['1', '2'] /* either */", 'SUCCEEDED'],
    ["kind = 'a\nb'", 'SKIPPED'],
    ['kind', 'SUCCEEDED'],
    ['$not($exists(kind))', 'SKIPPED'],
    ["($k := kind; $k = 'shop')", 'SUCCEEDED'],
  ])('%j: %s', async (when, status) => {
    const { outcomes } = await runOrchestration(define([one('a', { when }), one('b')]), { input });
    expect(outcomes[1]?.status).toBe('SUCCEEDED');
    expect(outcomes[0]).toMatchObject(
      status === 'SKIPPED' ? { status, reason: 'its condition is not met' } : { status },
    );
  });

  test('a field that the payload does not hold makes no condition true', async () => {
    const { outcomes } = await runOrchestration(define([one('a', { when: "kind = 'shop'" })]));
    expect(outcomes[0]).toMatchObject({ status: 'SKIPPED' });
  });

  test('the longest chain of alternatives that is accepted is also evaluated', async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, at) => `kind = "${at === length - 1 ? 'shop' : at}"`).join(' or ');
    const isAccepted = (length: number): boolean => {
      try {
        return define([one('a', { when: chain(length) })]) !== undefined;
      } catch {
        return false;
      }
    };
    let most = 85;
    while (isAccepted(most + 1)) most++;
    const when = chain(most);
    const { outcomes } = await runOrchestration(define([one('a', { when })]), { input });
    expect(outcomes[0]).toMatchObject({ status: 'SUCCEEDED' });
    const longer = chain(most + 1);
    expect(() => define([one('a', { when: longer })])).toThrow(/is 101 levels deep/);
  });

  test('a target that is left out anyway says so, and not its condition', async () => {
    const targets = [one('a', { when: 'false' }), one('b')];
    const { outcomes } = await runOrchestration(define(targets), { debug: { only: ['b'] } });
    expect(outcomes[0]).toMatchObject({ status: 'SKIPPED', reason: 'not in only' });
  });

  test.each([
    ["knid = 'shop'", 'the payload does not declare "knid" (at position 4 of "knid = \'shop\'")'],
    ['kind = ', 'Unexpected end of expression'],
    ["kind = 'x') or (true", 'at position'],
    ['$states.input.payload.kind', 'no variable or function $states'],
    ['', 'expected a JSONata expression'],
    ["kind = '%}'", 'may not contain "%}"'],
  ])('%j is refused: %s', (when, message) => {
    expect(() => define([one('a', { when })])).toThrow(`targets["a"].when: `);
    expect(() => define([one('a', { when })])).toThrow(message);
  });
});

describe('delay until a moment of the payload', () => {
  const at = (from: string) => ({ payload: { account: '1', from } });
  const targets = [one('a', { delay: { until: 'from' } }), one('b', { delay: 60 }), one('c')];

  test.each([
    ['2026-01-31T07:00:00Z', 3600],
    ['2026-01-31T07:00:00+01:00', 0],
    ['2026-01-31T06:00:30.500Z', 30.5],
    ['2025-01-31T06:00:00Z', 0],
  ])('%s', async (from, expected) => {
    const { outcomes } = await runOrchestration(define(targets), { input: at(from) });
    expect(outcomes.map(seconds)).toEqual([expected, 60, 0]);
  });

  test('debug skips it as any delay', async () => {
    const { outcomes } = await runOrchestration(define(targets), { debug: { skipDelays: true } });
    expect(outcomes.map(seconds)).toEqual([0, 0, 0]);
  });

  test('a moment that is none starts nothing', async () => {
    const { result, children } = await runOrchestration(define(targets), { input: at('soon') });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'InvalidInput',
      cause: 'payload.from: expected a timestamp',
    });
    expect(children).toEqual([]);
  });

  test.each([
    ['to', 'the payload does not declare "to"'],
    ['kind', 'the payload may lack "kind": make it required'],
    ['account', `"account" isn't a timestamp`],
  ])('until %j is refused: %s', (until, message) => {
    expect(() => define([one('a', { delay: { until } })])).toThrow(
      `targets["a"].delay.until: ${message}`,
    );
  });

  test('a delay that outlasts the orchestration is refused with both figures', () => {
    expect(() => define([one('a', { delay: 90 })], { timeout: 60 })).toThrow(
      "90 seconds would never end: the orchestration's timeout is 60",
    );
  });
});

describe('dependsOn', () => {
  test('waits, in waves, for what it names', async () => {
    const targets = [
      one('c', { dependsOn: ['b', 'a'] }),
      one('a', { configuration: { seconds: 30 } }),
      one('b', { dependsOn: ['a'], configuration: { seconds: 5 } }),
      one('free'),
    ];
    const { outcomes, events, result } = await runOrchestration(define(targets));
    expect(outcomes.map((outcome) => [outcome.id, seconds(outcome)])).toEqual([
      ['c', 35],
      ['a', 0],
      ['b', 30],
      ['free', 0],
    ]);
    const { outcomes: own } = result.output as { outcomes: { id: string }[] };
    expect(own.map(({ id }) => id)).toEqual(['a', 'free', 'b', 'c']);
    expect(entered(events)).toBe(6 + 2 + 4 * 2);
  });

  test('blocks what waited for a failure, with the id, and all that waits for that', async () => {
    const targets = [
      one('a', { configuration: { fail: 'x' } }),
      one('b', { dependsOn: ['a'] }),
      one('c', { dependsOn: ['b'] }),
      one('d'),
    ];
    const { outcomes, result } = await runOrchestration(define(targets));
    expect(outcomes).toMatchObject([
      { id: 'a', status: 'FAILED' },
      { id: 'b', status: 'BLOCKED', dependency: 'a', reason: 'its dependency a did not succeed' },
      { id: 'c', status: 'BLOCKED', dependency: 'b' },
      { id: 'd', status: 'SUCCEEDED' },
    ]);
    expect(result.cause).toBe('1 of 4 targets failed: a');
  });

  test('what waits for a skipped target is blocked, and the run succeeds', async () => {
    const targets = [one('a'), one('b', { dependsOn: ['a'] })];
    const { outcomes, result } = await runOrchestration(define(targets), {
      debug: { disable: ['a'] },
    });
    expect(result.status).toBe('SUCCEEDED');
    expect(statuses(outcomes)).toEqual({ a: 'SKIPPED', b: 'BLOCKED' });
  });

  test('abort reaches no later wave', async () => {
    const targets = [
      one('a', { configuration: { fail: 'x' } }),
      one('b', { configuration: { seconds: 60 } }),
      one('c', { dependsOn: ['b'] }),
    ];
    const { outcomes } = await runOrchestration(define(targets, { onTargetFailure: 'abort' }));
    expect(statuses(outcomes)).toEqual({ a: 'FAILED', b: 'ABORTED', c: 'NOT_STARTED' });
  });

  test.each([
    [[one('a', { dependsOn: ['b'] })], 'targets["a"].dependsOn: "b" names no target (targets: a)'],
    [[one('a', { dependsOn: ['a'] })], 'targets["a"].dependsOn: waits for itself: a → a'],
    [
      [
        one('x'),
        one('a', { dependsOn: ['b', 'x'] }),
        one('b', { dependsOn: ['c'] }),
        one('c', { dependsOn: ['a'] }),
      ],
      'waits for itself: a → b → c → a',
    ],
  ])('is refused where it cannot be', (targets, message) => {
    expect(() => define(targets)).toThrow(message);
  });

  test('a chain of a thousand is put in order', () => {
    const chain = Array.from({ length: 1000 }, (_, index) =>
      one(`t${index}`, index < 999 ? { dependsOn: [`t${index + 1}`] } : {}),
    );
    expect(define(chain).targets[0]?.wave).toBe(1000);
  });
});

describe('outputOf', () => {
  test('puts what an earlier child put out into the configuration, at any depth', async () => {
    const source = outputOf(probe, 'a');
    const targets = [
      one('b', {
        configuration: {
          link: source.link,
          value: { deep: { all: source, list: source.deep.list } },
        },
      }),
      one('a', { configuration: { value: '{% 1 %}' } }),
      one('c', { configuration: { link: 'literal', value: [[1]] }, dependsOn: ['a'] }),
    ];
    const { children, outcomes, result } = await runOrchestration(define(targets));
    const inOrder = children.toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
    expect(inOrder.map(({ configuration }) => configuration)).toEqual([
      { value: '{% 1 %}' },
      {
        link: 'of run:a',
        value: { deep: { all: { link: 'of run:a', deep: { list: ['x'] } }, list: ['x'] } },
      },
      { link: 'literal', value: [[1]] },
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(3).fill('SUCCEEDED'));
    expect(JSON.stringify(result.output)).not.toContain('provided');
  });

  test('waits for that target, and is blocked by its failure', async () => {
    const targets = [
      one('a', { configuration: { fail: 'x' } }),
      one('b', { configuration: { link: outputOf(probe, 'a').link } }),
    ];
    const { outcomes } = await runOrchestration(define(targets));
    expect(outcomes[1]).toMatchObject({ status: 'BLOCKED', dependency: 'a' });
  });

  test('a wrong path or type does not compile', () => {
    const source = outputOf(probe, 'a');
    // @ts-expect-error no such output
    void source.lnik;
    // @ts-expect-error the child may leave it out
    void source.deep.maybe;
    // @ts-expect-error how long a list is shows at run time only
    void source.deep.list[0];
    // @ts-expect-error seconds are a number, a link is text
    target(probe, { id: 'b', configuration: { seconds: source.link } });
    // @ts-expect-error an object is no text
    target(probe, { id: 'b', configuration: { link: source.deep } });
    // @ts-expect-error the schema is strict
    target(probe, { id: 'b', configuration: { link: source.link, other: source.link } });
    target(probe, { id: 'b', configuration: { link: source.link } });
  });

  const untyped = (path: string, at = 'link') => {
    const source = path
      .split('.')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], outputOf(probe, 'a'));
    return () => define([one('a'), one('b', { configuration: { [at]: source } as object })]);
  };

  test.each([
    [untyped('lnik'), 'targets["b"].configuration.link: probe declares no output.lnik'],
    [untyped('deep.maybe'), 'probe is not sure to put out output.deep.maybe'],
    [untyped('link', 'seconds'), 'targets["b"].configuration.seconds: output.link of "a": '],
    [untyped('link', 'other'), 'probe declares no such field'],
    [
      () => define([one('b', { configuration: { link: outputOf(probe, 'x').link } })]),
      '"x" names no target',
    ],
    [
      () => define([one('a'), one('b', { configuration: { value: [outputOf(probe, 'a').link] } })]),
      'targets["b"].configuration.value[0]: outputOf cannot stand inside a list',
    ],
    [
      () => define([one('a', { configuration: { link: outputOf(probe, 'a').link } })]),
      'waits for itself: a → a',
    ],
  ])('is refused when it is defined where types could not', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('an orchestration as a target', () => {
  const inner = defineOrchestration({
    name: 'inner',
    payload: probePayload,
    targets: [
      target(probe, { id: 'x', configuration: {}, keepOutput: true, delay: 60 }),
      target(probe, { id: 'y', configuration: {} }),
    ],
  });

  test('takes { debug? } as configuration and gives its outcomes', async () => {
    const contract = contractOf(inner);
    // @ts-expect-error its configuration is the switches of a run
    target(contract, { id: 'z', configuration: { debug: { skip: true } } });
    const outer = defineOrchestration({
      name: 'outer',
      payload: probePayload,
      targets: [
        target(contract, {
          id: 'nested',
          configuration: { debug: { only: ['x'], skipDelays: true } },
          keepOutput: true,
        }),
      ],
    });
    const machines = { inner: renderOrchestrator(inner, { debug: {}, stateMachineArn }) };
    const { outcomes, children } = await runOrchestration(outer, { machines });
    expect(outcomes[0]?.status).toBe('SUCCEEDED');
    expect(outcomes[0]?.output).toMatchObject({
      outcomes: [
        { id: 'x', status: 'SUCCEEDED', output: { link: expect.any(String) } },
        { id: 'y', status: 'SKIPPED', reason: 'not in only' },
      ],
      counts: { SUCCEEDED: 1, SKIPPED: 1, FAILED: 0 },
    });
    expect(children.at(-1)?.time).toBe(START);
    expect(contract.output.safeParse(outcomes[0]?.output).error).toBeUndefined();
    expect(() =>
      define([one('a', { configuration: { link: outputOf(contract, 'a').counts } as object })]),
    ).toThrow('outputOf expects the child inner, but target "a" runs probe');
  });
});
