import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import { testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace();
  await workspace.write(
    'machine.asl.yaml',
    [
      'StartAt: Ask',
      'States:',
      '  Ask:',
      '    Type: Task',
      '    Resource: arn:aws:states:::lambda:invoke',
      '    Parameters: { "Payload.$": $ }',
      '    ResultSelector: { "n.$": $.Payload }',
      '    Retry: [{ ErrorEquals: [Busy], IntervalSeconds: 4 }]',
      '    Catch: [{ ErrorEquals: [States.ALL], Next: Rescue }]',
      '    Next: Done',
      '  Done: { Type: Succeed }',
      '  Rescue: { Type: Pass, End: true }',
      '',
    ].join('\n'),
  );
  await workspace.write('state.json', { Type: 'Pass', InputPath: '$.a', End: true });
  await workspace.write('input.json', { a: 1 });
  await workspace.write('answer.json', { result: { Payload: 7 } });
});
afterAll(() => workspace[Symbol.asyncDispose]());

const testState = (...args: readonly string[]) =>
  call(['test-state', ...args], { cwd: workspace.root });
const ask = (...args: readonly string[]) =>
  testState('machine.asl.yaml', '--state', 'Ask', ...args);

describe('harmony test-state', () => {
  it('answers as the API does, from files and from JSON', async () => {
    const { status, stdout } = await ask('--input', 'input.json', '--mock', 'answer.json');
    expect(JSON.parse(stdout)).toEqual({
      status: 'SUCCEEDED',
      nextState: 'Done',
      output: { n: 7 },
    });
    expect(status).toBe(0);
    const inline = await ask('--mock', '{"result": {"Payload": 8}}', '--inspection-level', 'DEBUG');
    expect(JSON.parse(inline.stdout)).toMatchObject({
      output: { n: 8 },
      inspectionData: { afterParameters: { Payload: {} }, result: { Payload: 8 } },
    });
  });

  it('says what is retried and what is caught', async () => {
    const mock = ['--mock', '{"errorOutput": {"error": "Busy", "cause": "full"}}'];
    const retried = await ask(...mock, '--retry-count', '1', '--inspection-level', 'TRACE');
    expect(JSON.parse(retried.stdout)).toMatchObject({
      status: 'RETRIABLE',
      inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 8 } },
    });
    expect(retried.status).toBe(0);
    const caught = await ask(...mock, '--retry-count', '3');
    expect(JSON.parse(caught.stdout)).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Rescue',
    });
  });

  it('holds a mock to what the call gives, as closely as the mock says', async () => {
    const strict = { result: { Payload: 7, StatusCod: 200 } };
    const refused = await ask('--mock', JSON.stringify(strict));
    expect(refused.stderr).toContain(
      'result.StatusCod is nothing that the call gives: did you mean StatusCode?',
    );
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    const none = { ...strict, fieldValidationMode: 'NONE' };
    expect(await ask('--mock', JSON.stringify(none))).toMatchObject({ status: 0 });
  });

  it('ends with 1 where the state fails', async () => {
    expect(await testState('state.json', '--input', '{"a": 1}')).toMatchObject({ status: 0 });
    const { status, stdout } = await testState('state.json', '--input', '{}');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(status).toBe(1);
  });

  it.each([
    [['gone.json'], 'gone.json cannot be read: there is no such file (ENOENT).'],
    [['machine.asl.yaml'], 'stateName is needed'],
    [['machine.asl.yaml', '--state', 'Nowhere'], 'State not found in definition'],
    [['machine.asl.yaml', '--state', 'Ask'], 'A Task needs a mock here'],
    [['state.json', '--input', '{"a": }'], '--input:1:7: the input is not JSON'],
    [['state.json', '--variables', '[1]'], '--variables must be a JSON object.'],
    [['state.json', '--mock', '{"result": 1}'], "State type 'Pass' is not supported"],
    [['input.json'], 'input.json is not valid:'],
    [['state.json', '--retry-count', 'x'], 'Give a whole number'],
  ])('ends with 2 and one message: %j', async (args, message) => {
    const { status, stdout, stderr } = await testState(...args);
    expect(stderr).toContain(message);
    expect([status, stdout]).toEqual([2, '']);
  });
});
