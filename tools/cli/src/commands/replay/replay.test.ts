import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import { greenhouseHistory, recordedHistory } from '../../testing/history.ts';
import { testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace();
  const greenhouse = await greenhouseHistory(workspace.root);
  await workspace.write('apps/greenhouse/records/night.json', greenhouse);
  const { events } = greenhouse;
  const warmer = JSON.stringify({ events }).replaceAll('\\"heat\\":false', '\\"heat\\":true');
  await workspace.write('other/warm.json', warmer.replace('\\"minimum\\":18', '\\"minimum\\":19'));
  const pond = { payload: { site: 'north' }, configuration: { note: 'ducks' } };
  await workspace.write('pond.json', await recordedHistory(workspace.root, 'pond', pond));
});
afterAll(() => workspace[Symbol.asyncDispose]());

const replay = (...args: readonly string[]) => call(['replay', ...args], { cwd: workspace.root });

describe('harmony replay', () => {
  it('replays what the children keep', async () => {
    const { status, stdout } = await replay();
    expect(stdout).toBe('greenhouse: 1 execution replayed: 1 the same.\n');
    expect(status).toBe(0);
    expect((await replay('greenhouse')).stdout).toBe(stdout);
    expect((await replay('apps/greenhouse/records/night.json')).stdout).toBe(stdout);
  });

  it('replays files and folders of a state machine that is named', async () => {
    expect((await replay('pond.json', 'pond')).stdout).toContain('pond: 1 execution replayed');
    const { status, stdout } = await replay('greenhouse', 'apps/greenhouse/records/', 'other/');
    expect(stdout).toContain('greenhouse: 2 executions replayed: 1 the same, 1 another path');
    expect(status).toBe(1);
  });

  it('says of a history of another definition where it parts', async () => {
    const { status, stdout } = await replay('pond.json', 'greenhouse');
    expect(stdout).toContain('pond.json: a call that no record answers\n');
    expect(stdout).toContain(
      '  Read sensor: event 3, TaskScheduled: no call of aws-sdk:iotdataplane:getThingShadow was recorded here\n',
    );
    expect(status).toBe(1);
  });

  it('writes reports', async () => {
    const files = ['--markdown', 'out/replay.md', '--junit', 'out/replay.xml'];
    const { status, stdout } = await replay('greenhouse', 'other/', '--json', ...files);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'greenhouse', replays: [{ name: 'other/warm.json', verdict: 'other-path' }] },
    ]);
    const read = (file: string) => readFile(join(workspace.root, 'out', file), 'utf8');
    expect(await read('replay.md')).toContain('### Replay of greenhouse: 1 another path');
    expect(await read('replay.xml')).toContain('<testsuites tests="1" failures="1">');
  });

  it('says of a report that cannot be written why', async () => {
    for (const [file, why] of [
      ['other', 'it is a folder (EISDIR)'],
      ['pond.json/x', 'there is something of that name already (EEXIST)'],
    ] as const) {
      const { status, stderr } = await replay('pond.json', 'pond', '--markdown', file);
      expect(stderr).toContain(`${why}.\n`);
      expect(status).toBe(1);
    }
  });

  it.each([
    [['pond.json'], 'name the state machine that these are histories of'],
    [['pond'], 'there is nothing to replay: pond keeps no histories'],
    [['gone.json', 'pond'], 'gone.json cannot be read: there is no such file.'],
    [['package/', 'pond'], 'package/ cannot be read'],
    [['infra/cdk.out/manifest.json', 'pond'], 'manifest.json: it has no events'],
    [['pond', 'greenhouse'], 'are two names'],
    [['pond.json', 'lake'], 'no state machine "lake"'],
    [['--last', '5'], '--last: name the state machine'],
    [['--last', '0', 'pond'], 'Give a whole number from 1 to 10000.'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await replay(...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
