import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assemblyWithHandler, harmony, WORKSPACE } from './harmony.ts';
import type { ProcessOptions } from './harmony.ts';

interface Report {
  readonly status: string;
  readonly error?: string;
  readonly startDate: string;
  readonly stopDate: string;
  readonly outcomes: readonly {
    readonly id: string;
    readonly status: string;
    readonly reason?: string;
    readonly error?: string;
    readonly cause?: string;
    readonly startDate?: string;
    readonly output?: unknown;
  }[];
  readonly executions: readonly { readonly stateMachine: string; readonly status: string }[];
}

const TARGETS = [
  'billing-alerts-actual',
  'billing-alerts-forecast',
  'credential-audit',
  'tag-compliance',
];
const PROD = ['run', 'account-review', '--stage', 'prod', '--start-time', '2026-11-23T08:00:00Z'];
const EXAMPLE = readFileSync(join(WORKSPACE, 'infra/examples/account-review.json'), 'utf8');

async function report(
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<{ readonly status: number | null; readonly report: Report; readonly stderr: string }> {
  const ended = await harmony([...args, '--json'], options);
  return {
    status: ended.status,
    stderr: ended.stderr,
    report: JSON.parse(ended.stdout) as Report,
  };
}

const statuses = ({ outcomes }: Report): Record<string, string> =>
  Object.fromEntries(outcomes.map(({ id, status }) => [id, status]));

const outcome = ({ outcomes }: Report, id: string) => outcomes.find((one) => one.id === id);

describe('harmony run account-review --stage prod', () => {
  it('runs every target, each in a child of its own, and writes nothing but the report', async () => {
    const { status, report: ran, stderr } = await report(PROD);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(ran.status).toBe('SUCCEEDED');
    expect(statuses(ran)).toMatchObject(Object.fromEntries(TARGETS.map((id) => [id, 'SUCCEEDED'])));
    expect(new Set(Object.values(statuses(ran)))).toEqual(new Set(['SUCCEEDED']));
    const machines = ran.executions.map(({ stateMachine }) => stateMachine);
    expect(machines).toHaveLength(ran.outcomes.length + 1);
    expect(machines.filter((name) => name === 'prod-billing-alerts')).toHaveLength(2);
    expect(machines).toEqual(
      expect.arrayContaining([
        'prod-account-review',
        'prod-credential-audit',
        'prod-tag-compliance',
      ]),
    );
    expect(outcome(ran, 'billing-alerts-actual')?.startDate).toBe('2026-11-23T08:01:00.000Z');
  });

  it('shows each target as it goes and ends with a timeline', async () => {
    const { status, stdout } = await harmony(PROD);
    expect(status).toBe(0);
    for (const id of TARGETS) {
      for (const state of ['waiting', 'running', 'succeeded']) {
        expect(stdout).toMatch(new RegExp(`${id} +${state}`));
      }
    }
    expect(stdout).toMatch(/billing-alerts-actual +delayed 1 m 00 s/);
    expect(stdout).toMatch(/billing-alerts-actual +2026-11-23T08:01:00Z +\S+ s +SUCCEEDED/);
    expect(stdout).toContain('"breachedThresholds"');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('gives the same report twice', async () => {
    const [first, second] = [
      await harmony([...PROD, '--json']),
      await harmony([...PROD, '--json']),
    ];
    expect(second.stdout).toBe(first.stdout);
  });

  it('shows the outcomes of the others when a handler throws', async () => {
    using assembly = await assemblyWithHandler(
      'prod-credential-audit-find-stale-credentials',
      'export const handler = async () => { throw new RangeError("no such column"); };',
    );
    const { status, report: ran } = await report([...PROD, '--assembly', assembly.dir]);
    expect(status).toBe(1);
    expect(ran).toMatchObject({ status: 'FAILED', error: 'TargetsFailed' });
    expect(statuses(ran)).toMatchObject({
      'billing-alerts-actual': 'SUCCEEDED',
      'credential-audit': 'FAILED',
    });
    expect(outcome(ran, 'credential-audit')).toMatchObject({ error: 'RangeError' });
    expect(outcome(ran, 'credential-audit')?.cause).toContain('no such column');
  });

  it('has the third answer of a mock that throttles twice, later on the clock', async () => {
    const args = [...PROD, '--mocks', 'ThrottledTwice', '--only', 'billing-alerts-forecast'];
    const { status, report: ran } = await report(args);
    expect(status).toBe(0);
    expect(outcome(ran, 'billing-alerts-forecast')).toMatchObject({ status: 'SUCCEEDED' });
    expect(Date.parse(ran.stopDate)).toBeGreaterThan(Date.parse(ran.startDate));
  });

  it('ends at once when it is interrupted, with what it came to', async () => {
    const { status, stdout } = await harmony([...PROD, '--real-time'], {
      onStdout: (text, interrupt) => {
        if (/tag-compliance +succeeded/.test(text)) interrupt();
      },
    });
    expect(status).toBe(1);
    expect(stdout).toContain('ABORTED');
    expect(stdout).toMatch(/billing-alerts-actual +- +- +NOT_STARTED/);
  });
});

describe('harmony run account-review in the default stage', () => {
  it('follows the switches of dev: no delays, and one target disabled', async () => {
    const { report: ran } = await report(['run', 'account-review']);
    expect(outcome(ran, 'tag-compliance')).toMatchObject({
      status: 'SKIPPED',
      reason: 'disabled in the stage',
    });
    expect(outcome(ran, 'billing-alerts-actual')?.startDate).toBe(ran.startDate);
  });
});

describe('harmony run of one child', () => {
  it.each(['billing-alerts', 'credential-audit', 'tag-compliance'])(
    '%s succeeds on its example',
    async (child) => {
      const { status, report: ran } = await report(['run', child]);
      expect(status).toBe(0);
      expect(ran.status).toBe('SUCCEEDED');
    },
  );

  it('whose handler never answers ends with the function’s timeout', async () => {
    using assembly = await assemblyWithHandler(
      'dev-tag-compliance-check-input',
      'export const handler = () => new Promise(() => {});',
      1,
    );
    const { status, stdout } = await harmony(['run', 'tag-compliance', '--assembly', assembly.dir]);
    expect(status).toBe(1);
    expect(stdout).toContain('Sandbox.Timedout: RequestId: ');
    expect(stdout).toContain('timed out after 1.00 seconds');
  });
});

describe('what is refused before anything starts', () => {
  const withPayload = (change: (payload: Record<string, unknown>) => void): string => {
    const input = JSON.parse(EXAMPLE) as { payload: Record<string, unknown> };
    change(input.payload);
    return JSON.stringify(input);
  };

  it.each([
    [
      'a payload field that is missing',
      ['--input', '-'],
      withPayload((payload) => delete payload.period),
      'payload.period: is missing',
    ],
    [
      'a payload field of the wrong type',
      ['--input', '-'],
      withPayload((payload) => (payload.account = '123456789012')),
      'payload.account: must be object; it is "123456789012"',
    ],
    [
      'text that is not JSON',
      ['--input', '-'],
      '{\n  "payload": {]\n}',
      'standard input:2:15: the input is not JSON: expected a field name in double quotes',
    ],
    [
      'an unknown target',
      ['--only', 'tag-complience'],
      '',
      `--only names "tag-complience", which account-review has not. Its targets: ${TARGETS.join(', ')}`,
    ],
  ])('%s', async (_what, args, stdin, message) => {
    const { status, stdout, stderr } = await harmony([...PROD, ...args], { stdin });
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });

  it('an unknown name, with the known ones', async () => {
    const { status, stderr } = await harmony(['run', 'acount-review']);
    expect(stderr).toMatch(/Known: .*account-review, .*credential-audit, .*tag-compliance/);
    expect(status).toBe(2);
  });

  it('an assembly that is not there, with how to make one', async () => {
    const { status, stderr } = await harmony([...PROD, '--assembly', 'infra/examples']);
    expect(stderr).toContain('npx nx synth infra');
    expect(status).toBe(2);
  });
});

describe('harmony contracts check', () => {
  it('finds nothing wrong with the synthesised assembly', async () => {
    const { status, stdout } = await harmony(['contracts', 'check']);
    expect(stdout).toMatch(/^Contracts fit: \d+ orchestrators, \d+ child workflows/);
    expect(status).toBe(0);
  });
});
