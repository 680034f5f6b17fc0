import { testStage } from '@harmony/constructs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  brittleTarget,
  defineOrchestration,
  EXAMPLE,
  FixtureWorkspace,
  payload,
} from './fixtures/assembly.ts';
import { type Ended, harmony, type ProcessOptions } from './harmony.ts';

interface Report {
  readonly status: string;
  readonly startDate: string;
  readonly stopDate: string;
  readonly outcomes: readonly {
    readonly id: string;
    readonly status: string;
    readonly reason?: string;
    readonly startDate?: string;
  }[];
  readonly executions: readonly { readonly stateMachine: string; readonly status: string }[];
}

const review = defineOrchestration({
  name: 'review',
  payload,
  targets: [
    brittleTarget('delayed', undefined, { delay: 60 }),
    brittleTarget('throttled', 'throttle'),
    brittleTarget('slow', 'wait'),
    brittleTarget('told', undefined, { value: { breachedThresholds: [80] } }),
  ],
});
const TARGETS = ['delayed', 'throttled', 'slow', 'told'];
const soon = defineOrchestration({
  name: 'soon',
  payload,
  targets: [brittleTarget('at-once'), brittleTarget('in-a-minute', undefined, { delay: 60 })],
});

let workspace: FixtureWorkspace;
beforeAll(() => {
  workspace = new FixtureWorkspace(
    { review, soon },
    {
      stages: [
        { ...testStage, debug: { skipDelays: true }, disabledTargets: { review: ['told'] } },
        { ...testStage, name: 'prod' },
      ],
    },
  );
});
afterAll(() => workspace[Symbol.dispose]());

const run = (args: readonly string[], options: ProcessOptions = {}): Promise<Ended> =>
  harmony(args, { cwd: workspace.root, ...options });

const PROD = ['--stage', 'prod', '--start-time', '2026-11-23T08:00:00Z'];
const REVIEW = ['run', 'review', ...PROD];

async function report(args: readonly string[]) {
  const { status, stdout, stderr } = await run([...args, '--json']);
  return { status, stderr, report: JSON.parse(stdout) as Report };
}

const outcome = ({ outcomes }: Report, id: string) => outcomes.find((one) => one.id === id);

describe('harmony run of an orchestration', () => {
  it('runs every target, each in a child of its own, and writes nothing but the report', async () => {
    const { status, report: ran, stderr } = await report(REVIEW);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(ran.status).toBe('SUCCEEDED');
    expect(ran.outcomes.map(({ id, status: ended }) => [id, ended])).toEqual(
      TARGETS.map((id) => [id, 'SUCCEEDED']),
    );
    expect(ran.executions.map(({ stateMachine }) => stateMachine).sort()).toEqual([
      ...TARGETS.map(() => 'prod-brittle'),
      'prod-review',
    ]);
    expect(outcome(ran, 'delayed')?.startDate).toBe('2026-11-23T08:01:00.000Z');
  });

  it('shows each target as it goes and ends with a timeline', async () => {
    const { status, stdout } = await run(REVIEW);
    expect(status).toBe(0);
    for (const id of TARGETS) {
      for (const state of ['waiting', 'running', 'succeeded']) {
        expect(stdout).toMatch(new RegExp(`${id} +${state}`));
      }
    }
    expect(stdout).toMatch(/delayed +delayed 1 m 00 s/);
    expect(stdout).toMatch(/delayed +2026-11-23T08:01:00Z +\S+ s +SUCCEEDED/);
    expect(stdout).toContain('"breachedThresholds"');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('gives the same report twice', async () => {
    const [first, second] = [await run([...REVIEW, '--json']), await run([...REVIEW, '--json'])];
    expect(second.stdout).toBe(first.stdout);
  });

  it('has the third answer of a mock that throttles twice, later on the clock, or the one of the case it is given', async () => {
    const only = [...REVIEW, '--only', 'throttled'];
    const seconds = ({ startDate, stopDate }: Report) =>
      (Date.parse(stopDate) - Date.parse(startDate)) / 1000;
    const patient = await report(only);
    expect(outcome(patient.report, 'throttled')).toMatchObject({ status: 'SUCCEEDED' });
    expect(seconds(patient.report)).toBeGreaterThan(60);
    const quick = await report([...only, '--mocks', 'AtOnce']);
    expect(seconds(quick.report)).toBeLessThan(60);
  });

  it('ends at once when it is interrupted, with what it came to', async () => {
    const { status, stdout } = await run(['run', 'soon', ...PROD, '--real-time'], {
      onStdout: (text, interrupt) => {
        if (/at-once +succeeded/.test(text)) interrupt();
      },
    });
    expect(status).toBe(1);
    expect(stdout).toContain('ABORTED');
    expect(stdout).toMatch(/in-a-minute +- +- +NOT_STARTED/);
  });

  it('follows the switches of its stage: no delays, and one target disabled', async () => {
    const { report: ran } = await report(['run', 'review', '--stage', 'dev']);
    expect(outcome(ran, 'told')).toMatchObject({
      status: 'SKIPPED',
      reason: 'disabled in the stage',
    });
    expect(outcome(ran, 'delayed')?.startDate).toBe(ran.startDate);
  });
});

describe('harmony run of one child', () => {
  it('succeeds on its example', async () => {
    const { status, report: ran } = await report(['run', 'brittle', '--stage', 'prod']);
    expect(status).toBe(0);
    expect(ran.status).toBe('SUCCEEDED');
  });

  it('whose handler never answers ends with the function’s timeout', async () => {
    const input = { ...EXAMPLE, configuration: { mode: 'hang' } };
    const { status, stdout } = await run(['run', 'brittle', '--stage', 'prod', '--input', '-'], {
      stdin: JSON.stringify(input),
    });
    expect(status).toBe(1);
    expect(stdout).toContain('Sandbox.Timedout: RequestId: ');
    expect(stdout).toContain('timed out after 1.00 seconds');
  });
});

describe('what is refused before anything starts', () => {
  it.each([
    ['a payload field that is missing', '{ "payload": {} }', 'payload.account: is missing'],
    [
      'a payload field of the wrong type',
      '{ "payload": { "account": 5 } }',
      'payload.account: must be string; it is 5',
    ],
    [
      'text that is not JSON',
      '{\n  "payload": {]\n}',
      'standard input:2:15: the input is not JSON: expected a field name in double quotes',
    ],
  ])('%s', async (_what, stdin, message) => {
    const { status, stdout, stderr } = await run([...REVIEW, '--input', '-'], { stdin });
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });

  it.each([
    [
      'an unknown target',
      [...REVIEW, '--only', 'delaid'],
      `--only names "delaid", which review doesn't have. Its targets: ${TARGETS.join(', ')}`,
    ],
    [
      'an unknown name, with the known ones',
      ['run', 'reveiw', ...PROD],
      'Known: brittle, linker, review, soon',
    ],
    [
      'an assembly that is not there, with how to make one',
      [...REVIEW, '--assembly', 'infra/examples'],
      'npx nx synth infra',
    ],
  ])('%s', async (_what, args, message) => {
    const { status, stdout, stderr } = await run(args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });
});
