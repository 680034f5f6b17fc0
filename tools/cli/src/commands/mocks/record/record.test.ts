import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFakeAws } from '@harmony/fake-aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../testing/bundle.ts';
import type { Bundle } from '../../../testing/bundle.ts';
import { call } from '../../../testing/call.ts';
import { greenhouseHistory, recordedHistory } from '../../../testing/history.ts';
import { testWorkspace } from '../../../testing/workspace.ts';
import type { TestWorkspace } from '../../../testing/workspace.ts';

let workspace: TestWorkspace;
let shipped: Bundle;
beforeAll(async () => {
  [shipped, workspace] = await Promise.all([bundle(), testWorkspace()]);
  const history = JSON.stringify(await greenhouseHistory(workspace.root));
  // Whoever it was of, and a secret that the sensor told.
  const told = history
    .replaceAll('north', 'ann@corp.test')
    .replaceAll('\\"degrees\\":21}', '\\"degrees\\":21,\\"sessionToken\\":\\"s3cr3t\\"}');
  await workspace.write('history.json', told);
});
afterAll(() => Promise.all([shipped, workspace].map((used) => used[Symbol.asyncDispose]())));

const record = (...args: readonly string[]) =>
  call(['mocks', 'record', ...args], { cwd: workspace.root });
const json = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(join(workspace.root, file), 'utf8'));

describe('harmony mocks record', () => {
  it('shows all that it would write, and what it replaced', async () => {
    const { status, stdout } = await record('history.json', '--child', 'greenhouse', '--dry-run');
    expect(stdout).toContain('greenhouse: history.json\n');
    expect(stdout).toContain('apps/greenhouse/mocks.json: {\n  "Recorded": {\n    "Read sensor"');
    expect(stdout).toContain('e-mail address ann@… -> person-1@example.com');
    expect(stdout).toContain('token s3cr… -> token-1');
    expect(stdout).toContain('Would write apps/greenhouse/examples/Recorded.json.');
    expect(stdout).not.toMatch(/ann@corp|s3cr3t/);
    expect(existsSync(join(workspace.root, 'apps/greenhouse/examples'))).toBe(false);
    expect(status).toBe(0);
  });

  it('writes a case that answers a run as the execution was answered', async () => {
    const told = await record(
      ...['history.json', '--child', 'greenhouse', '--case', 'Night', '--handlers', '--records'],
    );
    expect(told.stdout).toContain('Wrote apps/greenhouse/mocks.json.');
    expect(await json('apps/greenhouse/mocks.json')).toMatchObject({
      StateMachines: {
        greenhouse: { TestCases: { Night: { 'Read sensor': 'Night: Read sensor' } } },
      },
      MockedResponses: {
        'Night: Read sensor': { '0': { Return: { degrees: 21, sessionToken: 'token-1' } } },
      },
    });
    const input = 'apps/greenhouse/examples/Night.json';
    const ran = await call(['run', 'greenhouse', '--mocks', 'Night', '--input', input, '--json'], {
      cwd: workspace.root,
    });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      ...{ status: 'SUCCEEDED', output: { degrees: 21, heat: false } },
    });
    expect(JSON.stringify(await json('apps/greenhouse/records/Night.json'))).not.toMatch(
      /ann@corp|s3cr3t/,
    );
    const replayed = await call(['replay', 'greenhouse'], { cwd: workspace.root });
    expect(replayed.stdout).toBe('greenhouse: 1 execution replayed: 1 the same.\n');
    const again = await record('history.json', '--child', 'greenhouse', '--case', 'Night');
    expect(again.stderr).toContain('greenhouse has a test case Night already.');
    expect(again.status).toBe(2);
  });

  it('says where the definition does not do what was recorded', async () => {
    const { stdout } = await record('history.json', '--child', 'pond', '--dry-run');
    expect(stdout).toContain('The definition here does not do what was recorded');
  });

  it.each([
    [['history.json'], 'history.json does not say whose history it is: add --child NAME.'],
    [['gone.json', '--child', 'pond'], 'gone.json cannot be read'],
    [['apps/greenhouse/mocks.json', '--child', 'pond'], 'it has no events'],
    [['history.json', '--child', 'lake'], 'no state machine "lake"'],
    [['history.json', '--child', 'pond', '--redact', 'x'], 'write NAME=PATTERN'],
    [['history.json', '--child', 'pond', '--redact', 'x=('], 'Invalid regular expression'],
    [['arn:aws:sns:us-east-1:123456789012:x'], "is not the ARN of a Standard workflow's execution"],
  ])('refuses %j and writes nothing', async (args, message) => {
    const before = await json('apps/greenhouse/mocks.json');
    const { status, stderr } = await record(...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(await json('apps/greenhouse/mocks.json')).toEqual(before);
  });
});

describe('executions on AWS, by the bundle', () => {
  const states = 'arn:aws:states:us-east-1:123456789012';
  const parent = `${states}:execution:dev-morning-round:monday`;
  const child = `${states}:execution:dev-pond:monday-pond`;
  const seconds = ({ events }: { readonly events: readonly object[] }) =>
    events.map((event) => ({
      ...event,
      timestamp: Date.parse((event as { timestamp: string }).timestamp) / 1000,
    }));

  it('are recorded with those that they started, and replayed', async () => {
    const pond = await recordedHistory(workspace.root, 'pond', {
      ...{ payload: { site: 'north' }, configuration: { note: 'ducks' } },
    });
    const round = await recordedHistory(
      workspace.root,
      'morning-round',
      { payload: { site: 'north' }, debug: { only: ['pond'] } },
      { Execute: { Status: 'SUCCEEDED', ExecutionArn: child, Output: { note: 'ducks' } } },
    );
    const submitted = JSON.stringify(round).replaceAll(
      /("type":"TaskSubmitted".*?"output":)"\{\}"/g,
      (_all, start: string) => `${start}${JSON.stringify(JSON.stringify({ ExecutionArn: child }))}`,
    );
    await using aws = await startFakeAws({
      histories: {
        [parent]: {
          stateMachineArn: `${states}:stateMachine:dev-morning-round`,
          events: seconds(JSON.parse(submitted) as typeof round),
        },
        [child]: { stateMachineArn: `${states}:stateMachine:dev-pond`, events: seconds(pond) },
      },
    });
    const harmony = (...args: readonly string[]) =>
      shipped.start(args, { cwd: workspace.root, env: aws.env }).ended;
    const recorded = await harmony('mocks', 'record', parent, '--case', 'Monday', '--dry-run');
    expect(recorded.stderr).toBe('');
    expect(recorded.stdout).toContain(`morning-round: ${parent}`);
    expect(recorded.stdout).toContain(`pond: ${child}`);
    expect(recorded.stdout).toContain('Would write apps/pond/examples/Monday.json.');

    const replayed = await harmony('replay', 'pond', '--last', '5');
    expect(replayed.stdout).toBe('pond: 1 execution replayed: 1 the same.\n');
    expect(replayed.status).toBe(0);

    const unknown = await harmony('mocks', 'record', `${parent}-x`);
    expect(unknown.stderr).toContain('Executions cannot be read from AWS (ExecutionDoesNotExist');
    expect(unknown.status).toBe(2);
  });
});
