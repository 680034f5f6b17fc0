import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import { testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace();
  await workspace.write('good.asl.json', {
    StartAt: 'Done',
    States: { Done: { Type: 'Succeed' } },
  });
  await workspace.write(
    'bad.asl.yaml',
    ['StartAt: Rest', 'States:', '  Rest:', '    Type: Pass', '    Next: Nowhere', ''].join('\n'),
  );
  await workspace.write('broken.json', '{\n  "StartAt": "A",\n}\n');
});
afterAll(() => workspace[Symbol.asyncDispose]());

const validate = (...args: readonly string[]) =>
  call(['validate', ...args], { cwd: workspace.root });

describe('harmony validate', () => {
  it('says that a file is valid', async () => {
    const { status, stdout } = await validate('good.asl.json');
    expect(stdout).toBe('1 file valid.\n');
    expect(status).toBe(0);
  });

  it('names file, line and column of an error in YAML', async () => {
    const { status, stdout } = await validate('good.asl.json', 'bad.asl.yaml');
    expect(stdout).toMatch(/^bad\.asl\.yaml:5:\d+: error: \/States\/Rest/m);
    expect(stdout).toContain('2 files checked, 1 not valid');
    expect(status).toBe(1);
  });

  it('names the place where a file is not JSON', async () => {
    const { status, stdout } = await validate('broken.json');
    expect(stdout).toContain('broken.json:3:1: error: not JSON: expected a field name');
    expect(status).toBe(1);
  });

  it('gives one JSON document with --json', async () => {
    const { stdout } = await validate('--json', 'good.asl.json', 'bad.asl.yaml');
    expect(JSON.parse(stdout)).toEqual([
      { file: 'good.asl.json', valid: true, errors: [], warnings: [], notChecked: [] },
      expect.objectContaining({
        file: 'bad.asl.yaml',
        valid: false,
        errors: expect.arrayContaining([
          expect.objectContaining({ line: 5, pointer: expect.stringContaining('/States/Rest') }),
        ]) as unknown,
      }),
    ]);
  });

  it('checks Express workflows by their own rules with --type', async () => {
    const task = (Resource: string) => ({
      StartAt: 'T',
      States: { T: { Type: 'Task', Resource, End: true } },
    });
    const states = 'arn:aws:states:::states:startExecution';
    await workspace.write('sync.asl.json', task(`${states}.sync:2`));
    await workspace.write('token.asl.json', task(`${states}.waitForTaskToken`));
    await workspace.write(
      'activity.asl.json',
      task('arn:aws:states:us-east-1:123456789012:activity:work'),
    );
    const files = ['sync', 'token', 'activity'].map((name) => `${name}.asl.json`);
    expect((await validate(...files)).status).toBe(0);
    const express = await validate('--type', 'EXPRESS', ...files);
    expect(express.status).toBe(1);
    expect(express.stdout).toContain('3 files checked, 3 not valid');
    const wrong = await validate('--type', 'express', ...files);
    expect(wrong.status).toBe(2);
  });

  it('takes a bare substitution in a JSON file', async () => {
    await workspace.write(
      'later.asl.json',
      '{ "StartAt": "W", "TimeoutSeconds": ${Limit}, "States": { "W": { "Type": "Wait", "Seconds": ${Pause}, "End": true } } }',
    );
    expect((await validate('later.asl.json')).status).toBe(0);
  });

  it('holds the calls of any state machine to what AWS says of them', async () => {
    const calling = (Resource: string, Arguments: object) => ({
      ...{ QueryLanguage: 'JSONata', StartAt: 'T' },
      States: {
        T: { Type: 'Task', Resource: `arn:aws:states:::${Resource}`, Arguments, End: true },
      },
    });
    const put = { Bucket: 'reports', Key: 'a.json', Body: {} };
    await workspace.write('put.asl.json', calling('aws-sdk:s3:putObject', put));
    await workspace.write('bad.asl.json', calling('aws-sdk:s3:putObject', { ...put, Boddy: {} }));
    await workspace.write('none.asl.json', calling('aws-sdk:braket:getJob', {}));
    expect(await validate('put.asl.json')).toMatchObject({ status: 0, stdout: '1 file valid.\n' });
    const bad = await validate('bad.asl.json');
    expect(bad.stdout).toMatch(
      /^bad\.asl\.json:\d+:\d+: error: \/States\/T\/Arguments\/Boddy: Boddy is no member of the call: did you mean Body\? \(MEMBER_UNKNOWN\)$/m,
    );
    expect(bad.status).toBe(1);
    const none = await validate('none.asl.json');
    expect(none.stdout).toContain('npm install --save-dev @aws-sdk/client-braket');
    expect(none.stdout).toContain('1 file valid, 1 call not checked.');
    expect(none.status).toBe(0);
  });

  it('checks nothing when a file cannot be read', async () => {
    const { status, stdout, stderr } = await validate('good.asl.json', 'gone.json');
    expect(stderr).toContain('gone.json cannot be read: there is no such file (ENOENT).');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
