import { target } from '@harmony/orchestration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import type { CallOptions } from '../../testing/call.ts';
import { greenhouse, pond, testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

const BROKEN = JSON.stringify({ payload: { site: 'north', broken: true } });
const ARGS = ['run', 'morning-round', '--start-time', '2026-01-31T08:00:00Z'];

/** One target for each way to end; `pond` fails where the payload is broken. */
const targets = [
  target(pond, { id: 'pond', configuration: { note: 'ducks' } }),
  target(pond, { id: 'frogs', configuration: { note: 'frogs' }, dependsOn: ['pond'] }),
  target(pond, { id: 'herons', configuration: { note: 'herons' }, dependsOn: ['frogs'] }),
  target(pond, { id: 'dry', configuration: { note: 'dry' }, disableTarget: true }),
  target(pond, { id: 'south', configuration: { note: 'south' }, when: "site = 'south'" }),
  target(pond, { id: 'off', configuration: { note: 'off' } }),
  // Under the mocks `Throttled` its child takes 6 seconds.
  target(greenhouse, { id: 'slow', configuration: { minimum: 18 }, timeout: 3 }),
];

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace({ targets });
});
afterAll(() => workspace[Symbol.asyncDispose]());

const run = (args: readonly string[] = [], options: Partial<CallOptions> = {}) =>
  call([...ARGS, ...args], { cwd: workspace.root, columns: 100, ...options });

/** What was shown while the run went on: all before the result. */
const live = (stdout: string): string => stdout.slice(0, stdout.indexOf('\nmorning-round'));

/** The last thing the live view said of each target. */
function lastLines(stdout: string): Record<string, string> {
  const found = live(stdout).matchAll(/^ {2}(?:\+.*? {2,})?\S (\S+) {2,}(.*)$/gm);
  return Object.fromEntries(Array.from(found, ([, id, what]) => [id, what]));
}

describe('a run in which a dependency fails, as it is shown', () => {
  const args = ['--input', '-', '--mocks', 'Throttled', '--disable', 'off'];

  it('line by line, has every target end as the timeline says, with the same reason', async () => {
    const { stdout } = await run(args, { stdin: BROKEN });
    expect(lastLines(stdout)).toEqual({
      pond: 'failed',
      frogs: 'blocked: its dependency pond did not succeed',
      herons: 'blocked: its dependency frogs did not succeed',
      dry: 'skipped: disabled in the orchestration',
      south: 'skipped: its condition is not met',
      off: 'skipped: disabled in this run',
      slow: 'timed out',
    });
    const timeline = stdout.slice(stdout.indexOf('TARGET'));
    for (const [status, id, reason] of [
      ['FAILED', 'pond', 'PondLeaks'],
      ['BLOCKED', 'frogs', 'its dependency pond did not succeed'],
      ['BLOCKED', 'herons', 'its dependency frogs did not succeed'],
      ['SKIPPED', 'dry', 'disabled in the orchestration'],
      ['SKIPPED', 'south', 'its condition is not met'],
      ['SKIPPED', 'off', 'disabled in this run'],
      ['TIMED_OUT', 'slow', 'States.Timeout'],
      ['FAILED', 'pond', 'in the state "Leak" of dev-pond:'],
    ]) {
      expect(timeline).toMatch(new RegExp(`${id} .*${status}\\n(?: {4}.*\\n)* {4}.*${reason}`));
    }
  });

  it('says each change once, in the order of the run', async () => {
    const { stdout } = await run(args, { stdin: BROKEN });
    const said = live(stdout).split('\n');
    expect(new Set(said).size).toBe(said.length);
    const of = (id: string) =>
      said.flatMap((line) => new RegExp(`^ .*? \\S ${id} +(.*)$`).exec(line)?.[1] ?? []);
    expect(of('slow')).toEqual(['waiting', 'running', 'timed out']);
    expect(of('frogs')).toEqual(['waiting', 'blocked: its dependency pond did not succeed']);
  });

  it('as a table, has the same', async () => {
    const { stdout } = await run(args, {
      stdin: BROKEN,
      tty: true,
      env: { NO_COLOR: '1' },
    });
    const table = stdout.split('\u001b[J').slice(0, -1).join('\n');
    expect(table).toMatch(/⊘ frogs +blocked: its dependency pond did not succeed/);
    expect(table).toMatch(/- dry +skipped: disabled in the orchestration/);
    expect(table).toMatch(/✘ slow +timed out/);
  });

  it('fits into a narrow terminal', async () => {
    const { stdout } = await run(args, { stdin: BROKEN, columns: 48 });
    const widest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(48);
    expect(stdout).toMatch(/frogs +blocked: its dep/);
  });
});

it('says what --only leaves out that others wait for, and adds it with --with-dependencies', async () => {
  const alone = await run(['--only', 'herons']);
  expect(alone.stderr).toContain(
    'herons depends on frogs, which --only leaves out, so it will be BLOCKED. Add --with-dependencies',
  );
  expect(lastLines(alone.stdout)).toMatchObject({
    herons: expect.stringMatching(/^blocked/) as string,
  });
  const whole = await run(['--only', 'herons', '--with-dependencies']);
  expect(whole.stderr).toBe('');
  expect(lastLines(whole.stdout)).toMatchObject({
    pond: 'succeeded',
    frogs: 'succeeded',
    herons: 'succeeded',
    off: 'skipped: not in only',
  });
});

it('tells only what is not in `only` to be skipped for that', async () => {
  const { stdout } = await run(['--only', 'pond,dry']);
  expect(lastLines(stdout)).toMatchObject({
    pond: 'succeeded',
    frogs: 'skipped: not in only',
    dry: 'skipped: disabled in the orchestration',
  });
});

it('tells of what a run that was cut short did not reach', async () => {
  await using other = await testWorkspace({
    onTargetFailure: 'abort',
    targets: [
      ...targets,
      target(pond, { id: 'later', configuration: { note: 'later' }, delay: 60 }),
    ],
  });
  const { stdout } = await run(['--input', '-', '--mocks', 'Throttled'], {
    stdin: BROKEN,
    cwd: other.root,
    columns: 200,
  });
  const why = 'the run failed first \\(States.TaskFailed\\)';
  expect(lastLines(stdout)).toMatchObject({
    pond: 'failed',
    frogs: expect.stringMatching(new RegExp(`^not started: ${why}$`)),
    later: expect.stringMatching(new RegExp(`^not started: ${why}, before its child was started$`)),
  });
});

it('tells that a target runs again after an attempt of its own failed', async () => {
  await using other = await testWorkspace({
    targets: [
      target(pond, {
        id: 'pond',
        configuration: { note: 'ducks' },
        retry: { attempts: 2, interval: 7, errors: ['States.TaskFailed'] },
      }),
    ],
  });
  const { stdout } = await run(['--input', '-'], { stdin: BROKEN, cwd: other.root });
  expect(live(stdout).match(/\+.*/g)).toEqual([
    expect.stringMatching(/^\+0 s +· pond +waiting$/),
    expect.stringMatching(/^\+0 s +▶ pond +running$/),
    expect.stringMatching(/^\+0 s +✘ pond +failed$/),
    // With jitter.
    expect.stringMatching(/^\+[1-7].* s +▶ pond +running$/),
    expect.stringMatching(/^\+[1-7].* s +✘ pond +failed$/),
  ]);
});
