import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './testing/call.ts';
import { testWorkspace } from './testing/workspace.ts';
import type { TestWorkspace } from './testing/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace();
  await workspace.write('inputs/no-site.json', { payload: {} });
  await workspace.write('inputs/wrong-type.json', { payload: { site: 7 } });
  await workspace.write('inputs/syntax.json', '{\n  "payload": {\n    site: "north"\n  }\n}\n');
  await workspace.write('inputs/deep.json', '['.repeat(100_000));
  await workspace.write('inputs/large.json', { payload: { site: 'a'.repeat(300_000) } });
  await workspace.write('inputs/bare.json', { site: 'north' });
  await workspace.write('inputs/list.json', []);
  await workspace.write('inputs/only.json', { payload: { site: 'n' }, debug: { only: ['Warm'] } });
  await workspace.write('inputs/switch.json', {
    payload: { site: 'n' },
    debug: { skipDelay: true },
  });
  await workspace.write('inputs/child.json', {
    payload: { site: 'north' },
    configuration: { minimum: '18', maximum: 30 },
  });
});
afterAll(() => workspace[Symbol.asyncDispose]());

describe('bad usage or input', () => {
  it.each([
    ['no command', [], 'Usage: harmony'],
    ['an unknown command', ['rum'], "unknown command 'rum'"],
    ['an unknown option', ['run', 'pond', '--fast'], "unknown option '--fast'"],
    ['a missing name', ['run'], "missing required argument 'name'"],
    [
      'an unknown workflow',
      ['run', 'morning-rond'],
      'Stage dev has no state machine "morning-rond". Known: greenhouse, morning-round, pond.',
    ],
    [
      'an unknown stage',
      ['run', 'pond', '--stage', 'prd'],
      'the assembly has no stage "prd". Stages: dev.',
    ],
    [
      'an assembly that is not there',
      ['run', 'pond', '--assembly', 'elsewhere'],
      'make one with  npx nx synth infra',
    ],
    [
      'a payload field that is missing',
      ['run', 'morning-round', '--input', 'inputs/no-site.json'],
      'payload.site: is missing',
    ],
    [
      'a payload field of the wrong type',
      ['run', 'morning-round', '--input', 'inputs/wrong-type.json'],
      'payload.site: must be string; it is 7',
    ],
    [
      'a file that is not JSON',
      ['run', 'morning-round', '--input', 'inputs/syntax.json'],
      'inputs/syntax.json:3:5: the input is not JSON: "site" is not JSON; names and texts stand in double quotes',
    ],
    [
      'a file that is not there',
      ['run', 'morning-round', '--input', 'inputs/gone.json'],
      'the input inputs/gone.json cannot be read: there is no such file (ENOENT).',
    ],
    [
      'an input that is larger than Step Functions takes',
      ['run', 'morning-round', '--input', 'inputs/large.json'],
      'inputs/large.json: the input has 300,023 bytes of JSON; Step Functions takes at most 262,144.',
    ],
    [
      'an input that is nested without end',
      ['run', 'morning-round', '--input', 'inputs/deep.json'],
      'inputs/deep.json:1:1001: the input is not JSON: it is nested more than 1000 levels deep.',
    ],
    [
      'a payload without its envelope',
      ['run', 'morning-round', '--input', 'inputs/bare.json'],
      'which takes { payload, debug? }',
    ],
    [
      'an input that is no object',
      ['run', 'morning-round', '--input', 'inputs/list.json'],
      'must be an object, { payload, debug? }',
    ],
    [
      'an unknown target in the input',
      ['run', 'morning-round', '--input', 'inputs/only.json'],
      'debug.only[0]: "Warm" names no target (targets: warm, tropical, pond, old-pond)',
    ],
    [
      'an unknown switch in the input',
      ['run', 'morning-round', '--input', 'inputs/switch.json'],
      'debug.skipDelay: is not a switch (known: skipDelays, only, disable)',
    ],
    [
      'an unknown target after --only',
      ['run', 'morning-round', '--only', 'warm,Pond'],
      `--only names "Pond", which morning-round doesn't have. Its targets: warm, tropical, pond, old-pond.`,
    ],
    [
      'an unknown target after --disable',
      ['run', 'morning-round', '--disable', 'x', '--disable', 'y'],
      '--disable names "x", "y"',
    ],
    [
      'a child’s configuration that its contract refuses',
      ['run', 'greenhouse', '--input', 'inputs/child.json'],
      'configuration.minimum: must be number; it is "18"',
    ],
    [
      'a switch of orchestrators for a child',
      ['run', 'greenhouse', '--skip-delays', '--only', 'a'],
      'greenhouse is a child workflow and has no targets: leave out --skip-delays, --only.',
    ],
    ['a child without an example', ['run', 'pond'], 'pond needs an input'],
    [
      'a start time that is none',
      ['run', 'greenhouse', '--start-time', 'tomorrow'],
      "option '--start-time <time>' argument 'tomorrow' is invalid. Write a time as 2026-01-31T08:00:00Z.",
    ],
    [
      'the same start time for another command',
      ['contracts', 'fuzz', 'greenhouse', '--start-time', '1'],
      "argument '1' is invalid. Write a time as 2026-01-31T08:00:00Z.",
    ],
    [
      'a day that no calendar has',
      ['run', 'greenhouse', '--start-time', '2026-02-30'],
      'There is no such day: that month has 28.',
    ],
    [
      'a number of deployments that no machine carries',
      ['deploy', '--stage', 'dev', '--all', '--concurrency', '1e9'],
      "argument '1e9' is invalid. Give a whole number from 1 to 64.",
    ],
    [
      'an unknown mock case',
      ['run', 'greenhouse', '--mocks', 'HappyPth'],
      'No mock configuration has the test case "HappyPth". Known: HappyPath, Throttled, Unmocked, Wordy.',
    ],
  ])('%s is told in one message, with exit status 2', async (_what, args, message) => {
    const { status, stdout, stderr } = await call(args, { cwd: workspace.root });
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });

  it('names every fault of an input at once', async () => {
    const { stderr } = await call(['run', 'greenhouse', '--input', 'inputs/child.json'], {
      cwd: workspace.root,
    });
    expect(stderr).toContain('configuration.minimum');
    expect(stderr).toContain('configuration.maximum: is not a known field');
  });

  it('outside a workspace says what to do', async () => {
    const { status, stderr } = await call(['run', 'pond'], { cwd: '/' });
    expect(stderr).toContain(
      'there is no Harmony workspace here: / is not below a folder with nx.json',
    );
    expect(status).toBe(2);
  });

  it('writes nothing to standard output with --json either', async () => {
    const { stdout, stderr } = await call(['run', 'pond', '--json', '--input', '-'], {
      cwd: workspace.root,
      stdin: '{"payload": ',
    });
    expect(stdout).toBe('');
    expect(stderr).toContain('standard input:1:13: the input is not JSON');
  });
});

describe('the workspace', () => {
  it('is found from a folder below it, where paths are relative to that folder', async () => {
    const { stderr } = await call(['run', 'morning-round', '--input', 'no-site.json'], {
      cwd: `${workspace.root}/inputs`,
    });
    expect(stderr).toContain('no-site.json is not an input of morning-round');
  });
});

describe('help', () => {
  it.each([[['--help']], [['run', '--help']], [['contracts', 'check', '--help']]])(
    '%j goes to standard output with exit status 0',
    async (args) => {
      const { status, stdout, stderr } = await call(args, { cwd: workspace.root });
      expect(status).toBe(0);
      expect(stdout).toContain('Usage: harmony');
      expect(stderr).toBe('');
    },
  );
});
