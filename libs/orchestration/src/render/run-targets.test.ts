import { STATE } from '@harmony/artifact';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../testing/evaluate.ts';
import { render, stateOf } from '../testing/rendered.ts';

describe('what is kept of a child', () => {
  const result = { Status: 'SUCCEEDED', ExecutionArn: 'arn:child', Input: {}, Output: { n: [1] } };

  test('id, status and execution, and the output only where it is asked for', async () => {
    const { Output } = stateOf(render(), STATE.execute);
    const kept = { status: 'SUCCEEDED', executionArn: 'arn:child' };
    expect(await evaluate(Output, { input: { id: 'a' }, result })).toEqual({ id: 'a', ...kept });
    expect(await evaluate(Output, { input: { id: 'a', keepOutput: true }, result })).toEqual({
      id: 'a',
      ...kept,
      output: { n: [1] },
    });
  });

  test('its input is what the design says, and nothing else', async () => {
    const { Arguments } = stateOf(render(), STATE.execute) as unknown as {
      Arguments: { Input: Record<string, unknown> };
    };
    const states = {
      input: { id: 'a', configuration: { list: [[1]] } },
      context: { Execution: { Id: 'arn:run', Name: 'run-1' } },
    };
    const input: Record<string, unknown> = {};
    for (const [name, source] of Object.entries(Arguments.Input)) {
      const literal = typeof source !== 'string';
      input[name] = literal ? source : await evaluate(source, states, { payload: { x: [] } });
    }
    expect(input).toEqual({
      NeedCallback: false,
      AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:run',
      runId: 'run-1:a',
      payload: { x: [] },
      configuration: { list: [[1]] },
    });
  });
});
