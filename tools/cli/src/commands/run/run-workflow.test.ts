import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonSchema } from '@harmony/schema';
import { validator } from '@harmony/schema/validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import type { CallOptions, CallResult } from '../../testing/call.ts';
import { EXPRESSIONS, testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

interface Report {
  readonly executionArn: string;
  readonly status: string;
  readonly startDate: string;
  readonly stopDate: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly outcomes?: readonly Record<string, unknown>[];
  readonly executions: readonly Record<string, unknown>[];
}

const START = ['--start-time', '2026-01-31T08:00:00Z'];
const BROKEN = JSON.stringify({ payload: { site: 'north', broken: true } });

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

function harmony(args: readonly string[], options: Partial<CallOptions> = {}): Promise<CallResult> {
  return call([...args, ...START], { cwd: workspace.root, ...options });
}

async function json(
  args: readonly string[],
  options: Partial<CallOptions> = {},
): Promise<{ readonly status: number; readonly report: Report }> {
  const { status, stdout } = await harmony([...args, '--json'], options);
  return { status, report: JSON.parse(stdout) as Report };
}

const statuses = ({ outcomes }: Report): Record<string, unknown> =>
  Object.fromEntries((outcomes ?? []).map(({ id, status }) => [id, status]));

describe('a run of an orchestrator', () => {
  it('has its outcomes and every execution in the report', async () => {
    const { status, report } = await json(['run', 'morning-round']);
    expect(status).toBe(0);
    expect(report.status).toBe('SUCCEEDED');
    expect(statuses(report)).toEqual({
      warm: 'SUCCEEDED',
      tropical: 'SUCCEEDED',
      pond: 'SUCCEEDED',
      'old-pond': 'SKIPPED',
    });
    expect(report.outcomes?.[0]).toMatchObject({
      child: 'greenhouse',
      startDate: '2026-01-31T08:01:00.000Z',
      output: { degrees: 21, heat: false },
    });
    expect(report.executions.map(({ stateMachine }) => stateMachine).sort()).toEqual([
      'dev-greenhouse',
      'dev-greenhouse',
      'dev-morning-round',
      'dev-pond',
    ]);
    for (const { executionArn, parentExecutionArn } of report.executions) {
      expect(parentExecutionArn).toBe(
        executionArn === report.executionArn ? undefined : report.executionArn,
      );
    }
  });

  it('gives a configuration that looks like expressions to its child unchanged', async () => {
    const { report } = await json(['run', 'morning-round', '--only', 'pond']);
    const pond = report.outcomes?.find(({ id }) => id === 'pond');
    expect(pond?.output).toEqual({ note: EXPRESSIONS.note, labels: EXPRESSIONS.labels });
  });

  it('shows what the functions log with --logs, apart from its report', async () => {
    const { stdout, stderr } = await harmony(['run', 'greenhouse', '--json', '--logs']);
    expect(stderr).toBe('dev-greenhouse-decide: deciding\n');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await harmony(['run', 'greenhouse'])).stderr).toBe('');
  });

  it('starts at once what --skip-delays says', async () => {
    const { report } = await json(['run', 'morning-round', '--skip-delays']);
    expect(report.outcomes?.[0]?.startDate).toBe('2026-01-31T08:00:00.000Z');
  });

  it('leaves out what --disable names, and all but what --only names', async () => {
    const { report } = await json(['run', 'morning-round', '--disable', 'warm,pond']);
    expect(statuses(report)).toMatchObject({ warm: 'SKIPPED', pond: 'SKIPPED' });
    const only = await json(['run', 'morning-round', '--only', 'pond', '--only', 'tropical']);
    expect(statuses(only.report)).toEqual({
      warm: 'SKIPPED',
      tropical: 'SUCCEEDED',
      pond: 'SUCCEEDED',
      'old-pond': 'SKIPPED',
    });
  });

  it.each(['', ' , '])('refuses --only %j, which names no target', async (only) => {
    const args = ['run', 'morning-round', '--only', only];
    const { status, stderr } = await call(args, { cwd: workspace.root });
    expect(stderr).toContain('--only names no target. morning-round has: warm,');
    expect(status).toBe(2);
  });

  it('keeps the switches of its input that the command line does not name', async () => {
    const stdin = JSON.stringify({
      payload: { site: 'north' },
      debug: { disable: ['pond'], skipDelays: true },
    });
    const args = ['run', 'morning-round', '--input', '-', '--only', 'warm,pond'];
    const { report } = await json(args, { stdin });
    expect(statuses(report)).toMatchObject({ warm: 'SUCCEEDED', pond: 'SKIPPED' });
    expect(report.stopDate).toBe('2026-01-31T08:00:00.000Z');
  });

  it('that throttles its child twice has the third answer, later on the clock', async () => {
    const { report } = await json(['run', 'morning-round', '--mocks', 'Throttled']);
    expect(report.outcomes?.[1]).toMatchObject({
      status: 'SUCCEEDED',
      output: { degrees: 12, heat: true },
      stopDate: '2026-01-31T08:00:06.000Z',
    });
  });

  it('is the same twice', async () => {
    const [first, second] = [
      await harmony(['run', 'morning-round', '--json']),
      await harmony(['run', 'morning-round', '--json']),
    ];
    expect(second.stdout).toBe(first.stdout);
  });
});

describe('a run with failing targets', () => {
  it('fails at its end with exit status 1, and shows every outcome', async () => {
    const args = ['run', 'morning-round', '--input', '-'];
    const { status, report } = await json(args, { stdin: BROKEN });
    expect(status).toBe(1);
    expect(report).toMatchObject({ status: 'FAILED', error: 'TargetsFailed' });
    expect(statuses(report)).toMatchObject({ warm: 'SUCCEEDED', pond: 'FAILED' });
    expect(report.outcomes?.[2]).toMatchObject({
      error: 'PondLeaks',
      cause: 'the pond of this site is empty',
    });
    const { stdout } = await harmony(args, { stdin: BROKEN });
    expect(stdout).toContain('PondLeaks: the pond of this site is empty');
    expect(stdout).toMatch(/warm .*SUCCEEDED/);
  });

  it('stops the others under the policy abort', async () => {
    await using other = await testWorkspace({ onTargetFailure: 'abort' });
    const { status, report } = await json(['run', 'morning-round', '--input', '-'], {
      stdin: BROKEN,
      cwd: other.root,
    });
    expect(status).toBe(1);
    expect(report.status).toBe('FAILED');
    expect(statuses(report)).toMatchObject({ warm: 'NOT_STARTED', pond: 'FAILED' });
  });

  it('succeeds under the policy continue, with the failure in the outcomes', async () => {
    await using other = await testWorkspace({ onTargetFailure: 'continue' });
    const { status, report } = await json(['run', 'morning-round', '--input', '-'], {
      stdin: BROKEN,
      cwd: other.root,
    });
    expect(status).toBe(0);
    expect(report.status).toBe('SUCCEEDED');
    expect(statuses(report)).toMatchObject({ warm: 'SUCCEEDED', pond: 'FAILED' });
  });

  it('tells the message of a handler that throws', async () => {
    const { status, stdout } = await harmony(['run', 'morning-round', '--mocks', 'Wordy']);
    expect(status).toBe(1);
    expect(stdout).toContain('TypeError: degrees is no number: mild');
    expect(stdout).toContain('TargetsFailed: 2 of 4 targets failed: warm, tropical');
  });

  it('names the state and the file where a mock is missing', async () => {
    const { report } = await json(['run', 'morning-round', '--mocks', 'Unmocked']);
    expect(report.outcomes?.[0]).toMatchObject({ status: 'FAILED', error: 'Harmony.NoMock' });
    expect(report.outcomes?.[0]?.cause).toContain('"Read sensor"');
    expect(report.outcomes?.[0]?.cause).toContain('apps/greenhouse/mocks.json');
  });

  it('is stopped by the user with what it came to', async () => {
    const abort = new AbortController();
    const { status, stdout } = await harmony(['run', 'morning-round', '--real-time'], {
      signal: abort.signal,
      onStdout: (text) => {
        // A moment later, as a person would: the run has taken note of it by then.
        if (/tropical .*succeeded/.test(text)) setTimeout(() => abort.abort(), 50);
      },
    });
    expect(status).toBe(1);
    expect(stdout).toContain('ABORTED');
    expect(stdout).toMatch(/tropical .*SUCCEEDED/);
    expect(stdout).toMatch(/warm .*NOT_STARTED/);
  });
});

describe('the JSON of a run', () => {
  it('is what its schema for editors says, printed and kept, whatever became of the run', async () => {
    const file = join(import.meta.dirname, '../../../../../libs/local/schemas/run.schema.json');
    const valid = validator(JSON.parse(readFileSync(file, 'utf8')) as JsonSchema);
    await using other = await testWorkspace();
    const cwd = other.root;
    const printed: Json[] = [];
    for (const args of [
      ['morning-round'],
      ['morning-round', '--mocks', 'Wordy'],
      ['greenhouse', '--mocks', 'Unmocked'],
    ]) {
      printed.push(JSON.parse((await harmony(['run', ...args, '--json'], { cwd })).stdout) as Json);
    }
    const kept = globSync('.harmony/runs/*.json', { cwd }).map(
      (name) => JSON.parse(readFileSync(join(cwd, name), 'utf8')) as Json,
    );
    expect(kept).toHaveLength(3);
    expect([...printed, ...kept].map(valid)).toEqual([1, 2, 3, 4, 5, 6].map(() => true));
    const run = printed[0] as Record<string, Json>;
    const { executionArn: _arn, ...without } = run;
    for (const broken of [{ ...run, format: 2 }, { ...run, status: 'DONE' }, without]) {
      expect(valid(broken)).toBe(false);
    }
  });
});

describe('a run of one child', () => {
  it('uses the example beside its mocks and prints what it puts out', async () => {
    const { status, stdout } = await harmony(['run', 'greenhouse']);
    expect(status).toBe(0);
    expect(stdout).toContain('Read sensor');
    expect(stdout).toContain('"heat": true');
    const { report } = await json(['run', 'greenhouse']);
    expect(report).toMatchObject({ status: 'SUCCEEDED', output: { degrees: 21, heat: true } });
    expect(report).not.toHaveProperty('outcomes');
  });

  it('may be called by its full name', async () => {
    const { report } = await json(['run', 'dev-pond', '--input', '-'], {
      stdin: JSON.stringify({ payload: { site: 'x' }, configuration: { note: 'n' } }),
    });
    expect(report.output).toEqual({ note: 'n' });
  });
});

describe('what a terminal shows', () => {
  const lines = (text: string): string[] => text.split('\n');

  it('is a line for each change of each target where it is no terminal', async () => {
    const { stdout } = await harmony(['run', 'morning-round']);
    expect(stdout).not.toContain('\u001b');
    for (const change of [
      /\+0 s +· warm +waiting/,
      /\+0 s +◷ warm +delayed 1 m 00 s/,
      /\+0 s +▶ pond +running/,
      /\+0 s +✔ pond +succeeded/,
      /\+0 s +- old-pond +skipped/,
      /\+1 m 00 s +▶ warm +running/,
      /\+1 m 00 s +✔ warm +succeeded/,
    ]) {
      expect(stdout).toMatch(change);
    }
  });

  it('begins with what the stage and the command line switch, and what is disabled', async () => {
    await using other = await testWorkspace({ debug: { skipDelays: true } });
    const cwd = other.root;
    const first = async (...args: string[]) =>
      (await harmony(['run', 'morning-round', ...args], { cwd })).stdout.split('\n')[0];
    expect(await first()).toBe(
      'morning-round, stage dev: delays are skipped by stage dev; disabled: old-pond',
    );
    expect(await first('--only', 'pond')).toContain('by stage dev; only pond; disabled');
  });

  it('ends with a timeline that has the delay in full', async () => {
    const { stdout } = await harmony(['run', 'morning-round']);
    const timeline = stdout.slice(stdout.indexOf('TARGET'));
    expect(timeline).toMatch(/warm +2026-01-31T08:01:00Z +0 s +SUCCEEDED/);
    expect(timeline).toContain('delayed 1 m 00 s');
    expect(timeline).toContain('{"degrees":21,"heat":false}');
    expect(timeline).toMatch(/old-pond +- +- +SKIPPED/);
    expect(stdout).toContain("1 m 00 s on the run's clock");
  });

  it('is no wider than the terminal, and than 80 columns where there is none', async () => {
    for (const columns of [undefined, 48, 60, 80, 120]) {
      const { stdout } = await harmony(['run', 'morning-round', '--mocks', 'Wordy'], { columns });
      const widest = Math.max(...lines(stdout).map((line) => line.length));
      expect(widest).toBeLessThanOrEqual(columns ?? 80);
    }
  });

  it('is coloured and drawn in place on a terminal, and not coloured with NO_COLOR', async () => {
    const colour = /\u001b\[\d+m/;
    const plain = await harmony(['run', 'morning-round'], { tty: true, env: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toMatch(colour);
    const coloured = await harmony(['run', 'morning-round'], { tty: true });
    expect(coloured.stdout).toMatch(colour);
    expect(coloured.stdout).toContain('\u001b[J');
  });

  it('is not drawn in place where the terminal is too low for it', async () => {
    const { stdout } = await harmony(['run', 'morning-round'], { tty: true, rows: 4 });
    expect(stdout).not.toContain('\u001b[J');
    expect(stdout).toMatch(/pond +running/);
  });

  it('has no control characters from what a workflow puts out', async () => {
    const note = 'a\u001b[2Jb';
    const { stdout } = await harmony(['run', 'pond', '--input', '-'], {
      stdin: JSON.stringify({ payload: { site: 'x' }, configuration: { note } }),
    });
    expect(stdout).not.toContain('\u001b');
  });
});
