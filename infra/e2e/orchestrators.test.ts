import { testStage } from '@harmony/constructs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  brittleTarget,
  defineOrchestration,
  FixtureWorkspace,
  payload,
} from './fixtures/assembly.ts';
import { harmony } from './harmony.ts';

interface Outcome {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly startDate?: string;
  readonly output?: unknown;
}

interface Report {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly output?: { readonly outcomes: readonly Outcome[] };
  readonly outcomes: readonly Outcome[];
}

const POLICIES = ['abort', 'failAtEnd', 'continue'] as const;
const FAILURES = [0, 1, 2] as const;

/** Values that AWS, CloudFormation or CDK would evaluate elsewhere, and shapes JSONata flattens. */
const LITERALS = {
  jsonata: '{% 1 %}',
  path: '$.x',
  context: '$$.Execution.Id',
  intrinsic: 'States.UUID()',
  'key.$': '$.payload',
  pseudo: '${AWS::Region}',
  substitution: '${Foo}',
  token: '${Token[TOKEN.1]}',
  nested: [[1]],
  one: [1],
  deep: [[[]], [{}]],
  none: [],
  nothing: null,
  empty: {},
};

const define = (
  name: string,
  targets: ReturnType<typeof brittleTarget>[],
  options: { onTargetFailure?: (typeof POLICIES)[number]; maxConcurrency?: number } = {},
) => defineOrchestration({ name, payload, targets, ...options });

const policyCase = (policy: (typeof POLICIES)[number], failures: number) =>
  define(
    `${policy}-${failures}`,
    [
      brittleTarget('a', failures > 0 ? 'fail' : undefined),
      brittleTarget('b', failures > 1 ? 'fail' : undefined),
      brittleTarget('slow', 'wait'),
      brittleTarget('delayed', undefined, { delay: 60 }),
    ],
    { onTargetFailure: policy },
  );

const cases = [
  ...POLICIES.flatMap((policy) => FAILURES.map((failures) => policyCase(policy, failures))),
  define('faults', [
    brittleTarget('throws', 'throw'),
    brittleTarget('hangs', 'hang'),
    brittleTarget('throttled', 'throttle'),
  ]),
  define('literals', [brittleTarget('text', undefined, { value: LITERALS, keepOutput: true })]),
  define('switches', [
    brittleTarget('a', undefined, { delay: 60 }),
    brittleTarget('b'),
    brittleTarget('off'),
  ]),
  define(
    'narrow',
    [brittleTarget('a', undefined, { delay: 60 }), brittleTarget('b'), brittleTarget('c')],
    { maxConcurrency: 1 },
  ),
  define('empty', []),
];

let workspace: FixtureWorkspace;
beforeAll(() => {
  const byName = Object.fromEntries(
    cases.map((orchestration) => [orchestration.name, orchestration]),
  );
  workspace = new FixtureWorkspace(byName, {
    stages: [{ ...testStage, disabledTargets: { switches: ['off'] } }],
  });
});
afterAll(() => workspace[Symbol.dispose]());

async function run(name: string, debug?: unknown): Promise<Report> {
  const input = { payload: { account: '1' }, ...(debug === undefined ? {} : { debug }) };
  const { stdout, stderr } = await harmony(
    ['run', name, '--input', '-', '--json', '--start-time', '2026-11-22T06:00:00Z'],
    { cwd: workspace.root, stdin: JSON.stringify(input) },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

const statuses = ({ outcomes }: Report) =>
  Object.fromEntries(outcomes.map(({ id, status }) => [id, status]));

describe('a failing target', () => {
  it.each(FAILURES)('is told and nothing more under `continue`: %i failed', async (failures) => {
    const report = await run(`continue-${failures}`);
    expect(report.status).toBe('SUCCEEDED');
    expect(statuses(report)).toEqual({
      a: failures > 0 ? 'FAILED' : 'SUCCEEDED',
      b: failures > 1 ? 'FAILED' : 'SUCCEEDED',
      slow: 'SUCCEEDED',
      delayed: 'SUCCEEDED',
    });
    expect(report.output?.outcomes.map(({ id }) => id)).toEqual(['a', 'b', 'slow', 'delayed']);
  });

  it.each(FAILURES)('fails the run at its end under `failAtEnd`: %i failed', async (failures) => {
    const report = await run(`failAtEnd-${failures}`);
    expect(report.status).toBe(failures > 0 ? 'FAILED' : 'SUCCEEDED');
    expect(report.cause).toBe(
      [undefined, '1 of 4 targets failed: a', '2 of 4 targets failed: a, b'][failures],
    );
    expect(statuses(report)).toMatchObject({ slow: 'SUCCEEDED', delayed: 'SUCCEEDED' });
    expect(report.outcomes.filter(({ status }) => status === 'FAILED')).toHaveLength(failures);
  });

  it.each(FAILURES)('stops the others under `abort`: %i failed', async (failures) => {
    const report = await run(`abort-${failures}`);
    expect(report.status).toBe(failures > 0 ? 'FAILED' : 'SUCCEEDED');
    expect(statuses(report)).toMatchObject(
      failures > 0
        ? { a: 'FAILED', slow: 'ABORTED', delayed: 'NOT_STARTED' }
        : { a: 'SUCCEEDED', slow: 'SUCCEEDED', delayed: 'SUCCEEDED' },
    );
  });

  it('gives the child’s own error and cause, the failed run’s too', async () => {
    const { outcomes } = await run('failAtEnd-1');
    expect(outcomes[0]).toMatchObject({ error: 'Own.Error', cause: 'it "was" asked to: é' });
  });
});

it('a handler that throws or never answers, and a service that throttles twice', async () => {
  const report = await run('faults');
  const [throws, hangs, throttled] = report.outcomes;
  expect(throws).toMatchObject({ status: 'FAILED', error: 'RangeError' });
  expect(throws?.cause).toContain('no such column');
  expect(hangs).toMatchObject({ status: 'FAILED', error: 'Sandbox.Timedout' });
  expect(throttled).toMatchObject({ status: 'SUCCEEDED' });
});

it('configurations that look like expressions, and odd shapes, arrive in the child unchanged', async () => {
  const report = await run('literals');
  expect(report.outcomes[0]?.output).toEqual({ value: LITERALS });
  expect(report.output?.outcomes[0]?.output).toEqual({ value: LITERALS });
});

describe('debug', () => {
  it.each([[undefined], [null], [{}], [{ only: null }]])(
    '%j runs all but what the stage disables',
    async (debug) => {
      const report = await run('switches', debug);
      expect(statuses(report)).toEqual({ a: 'SUCCEEDED', b: 'SUCCEEDED', off: 'SKIPPED' });
      expect(report.outcomes[0]?.startDate).toBe('2026-11-22T06:01:00.000Z');
    },
  );

  it('skips delays when a run says so', async () => {
    const report = await run('switches', { skipDelays: true });
    expect(report.outcomes[0]?.startDate).toBe('2026-11-22T06:00:00.000Z');
  });

  it('only: [] runs none', async () => {
    expect(statuses(await run('switches', { only: [] }))).toEqual({
      a: 'SKIPPED',
      b: 'SKIPPED',
      off: 'SKIPPED',
    });
  });

  it('only does not enable what the stage disables', async () => {
    const report = await run('switches', { only: ['off', 'b'] });
    expect(report.outcomes).toMatchObject([
      { id: 'a', status: 'SKIPPED', reason: 'not in only' },
      { id: 'b', status: 'SUCCEEDED' },
      { id: 'off', status: 'SKIPPED', reason: 'disabled in the stage' },
    ]);
  });

  it.each([
    [5, 'debug'],
    [[], 'debug'],
    [{ skipDelays: 'yes' }, 'skipDelays'],
    [{ onyl: ['a'] }, 'onyl'],
    [{ only: ['nobody'] }, 'nobody'],
    [{ disable: ['nobody'] }, 'nobody'],
  ])('%j starts nothing', async (debug, named) => {
    await expect(run('switches', debug)).rejects.toThrow(named);
  });
});

it('a delayed target holds its place under maxConcurrency', async () => {
  const { outcomes } = await run('narrow');
  expect(outcomes.map(({ startDate }) => startDate)).toEqual([
    '2026-11-22T06:01:00.000Z',
    '2026-11-22T06:01:00.000Z',
    '2026-11-22T06:01:00.000Z',
  ]);
});

it('an orchestration without targets succeeds with no outcomes', async () => {
  const report = await run('empty');
  expect(report).toMatchObject({ status: 'SUCCEEDED', outcomes: [], output: { outcomes: [] } });
});
