import { describe, expect, it } from 'vitest';
import { TaskFailure, type Json } from '../index.ts';
import { arnOf, engineWith, eventsOf, lambda, machine, shape } from '../testing/run.ts';

const task = (rest: object = { End: true }) => ({ Type: 'Task', Resource: lambda, ...rest });
const stateMachineArn = arnOf('main');

/** Fails the calls that `fails` names, counted from 1; others answer with their input. */
function failingCalls(...fails: number[]) {
  let call = 0;
  const inputs: Json[] = [];
  return {
    inputs,
    answer: ({ input }: { input: Json }): Json => {
      inputs.push(input);
      if (fails.includes(++call)) throw new TaskFailure('Broken');
      return input;
    },
  };
}

describe('redrive', () => {
  it('continues a Standard execution in the state that failed, its history going on', async () => {
    const calls = failingCalls(2);
    const { engine, all } = engineWith(
      machine({ A: task({ Next: 'B' }), B: task({ Next: 'C' }), C: { Type: 'Pass', End: true } }),
      { task: calls.answer },
    );
    const execution = engine.startExecution({ stateMachineArn, input: { a: 1 } });
    expect((await execution.result).status).toBe('FAILED');
    execution.redrive();
    expect(await execution.result).toMatchObject({ status: 'SUCCEEDED', output: { a: 1 } });
    expect(calls.inputs).toHaveLength(3);
    expect(shape(eventsOf(all, execution.arn)).slice(-9)).toEqual(
      [
        '10<9 LambdaFunctionFailed',
        '11<10 ExecutionFailed',
        '12<11 ExecutionRedriven',
        '13<12 LambdaFunctionScheduled',
        '14<13 LambdaFunctionStarted',
        '15<14 LambdaFunctionSucceeded',
        '16<15 TaskStateExited',
        '17<16 PassStateEntered',
        '18<17 PassStateExited',
        '19<18 ExecutionSucceeded',
      ].slice(-9),
    );
  });

  it('starts the retry count over, and counts redrives in the context object', async () => {
    const contexts: Json[] = [];
    const { engine } = engineWith(
      machine({
        A: task({
          Parameters: {
            'retry.$': '$$.State.RetryCount',
            'redrive.$': '$$.Execution.RedriveCount',
          },
          Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }],
          End: true,
        }),
      }),
      {
        task: ({ input }) => {
          contexts.push(input);
          if (contexts.length < 4) throw new TaskFailure('Broken');
          return null;
        },
      },
    );
    const execution = engine.startExecution({ stateMachineArn });
    await execution.result;
    execution.redrive();
    await execution.result;
    expect(contexts).toEqual([
      { retry: 0, redrive: 0 },
      { retry: 1, redrive: 0 },
      { retry: 0, redrive: 1 },
      { retry: 1, redrive: 1 },
    ]);
  });

  it('runs only the Map iterations that did not succeed', async () => {
    const calls = failingCalls(2);
    const { engine } = engineWith(
      machine({
        M: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: machine({ T: task() }), End: true },
      }),
      { task: calls.answer },
    );
    const execution = engine.startExecution({ stateMachineArn, input: ['a', 'b', 'c'] });
    expect((await execution.result).status).toBe('FAILED');
    execution.redrive();
    expect((await execution.result).output).toEqual(['a', 'b', 'c']);
    expect(calls.inputs).toEqual(['a', 'b', 'b', 'c']);
  });

  it('runs only the Parallel branches that did not end', async () => {
    const calls = failingCalls(2);
    const { engine } = engineWith(
      machine({
        P: {
          Type: 'Parallel',
          Branches: [machine({ A: task() }), machine({ B: task() })],
          End: true,
        },
      }),
      { task: calls.answer },
    );
    const execution = engine.startExecution({ stateMachineArn, input: 'x' });
    await execution.result;
    execution.redrive();
    expect((await execution.result).output).toEqual(['x', 'x']);
    expect(calls.inputs).toHaveLength(3);
  });

  it('goes on after a timeout and after a stop', async () => {
    for (const end of ['timeout', 'stop']) {
      const { engine } = engineWith({
        ...machine({ W: { Type: 'Wait', Seconds: 20, End: true } }),
        ...(end === 'timeout' && { TimeoutSeconds: 30 }),
      });
      const execution = engine.startExecution({ stateMachineArn });
      if (end === 'stop') execution.stop();
      await execution.result;
      if (execution.status === 'SUCCEEDED') continue;
      execution.redrive();
      expect((await execution.result).status).toBe('SUCCEEDED');
    }
  });

  it('is refused for Express executions and for those that run or succeeded', async () => {
    const pass = machine({ P: { Type: 'Pass', End: true } });
    const refusal = expect.objectContaining({ code: 'ExecutionNotRedrivable' });
    const done = engineWith(pass).engine.startExecution({ stateMachineArn });
    expect(() => done.redrive()).toThrow(refusal);
    await done.result;
    expect(() => done.redrive()).toThrow(refusal);
    const fail = machine({ F: { Type: 'Fail' } });
    const express = engineWith(fail, { type: 'EXPRESS' }).engine.startExecution({
      stateMachineArn,
    });
    await express.result;
    expect(() => express.redrive()).toThrow(refusal);
  });
});
