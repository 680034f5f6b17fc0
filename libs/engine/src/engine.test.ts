import { describe, expect, it } from 'vitest';
import { Engine, InvalidDefinition, virtualClock, type StalledReport } from './index.ts';
import { arnOf, engineWith, lambda, machine, run, start } from './testing/run.ts';

const pass = machine({ P: { Type: 'Pass', End: true } });
const stateMachineArn = arnOf('main');

describe('Engine', () => {
  it('refuses an invalid definition before anything runs, with a pointer and a reason', () => {
    const bad = machine({ A: { Type: 'Pass', Next: 'Nowhere' }, B: { Type: 'Succeed' } });
    let thrown: unknown;
    try {
      engineWith(bad);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InvalidDefinition);
    expect(thrown).toMatchObject({
      code: 'InvalidDefinition',
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ severity: 'ERROR', pointer: '/States/A/Next' }),
      ]),
    });
    expect((thrown as Error).message).toContain('Nowhere');
  });

  it('refuses to start what was not added', () => {
    const { engine } = engineWith(pass);
    expect(() => engine.startExecution({ stateMachineArn: arnOf('other') })).toThrow(
      expect.objectContaining({ code: 'StateMachineDoesNotExist' }),
    );
  });

  it.each(['', 'with space', 'a'.repeat(81), 'a/b', 'a*'])('refuses the name %j', (name) => {
    const { engine } = engineWith(pass);
    expect(() => engine.startExecution({ stateMachineArn, name })).toThrow(
      expect.objectContaining({ code: 'InvalidName' }),
    );
  });

  it('gives the running execution for the same name and input, and refuses the name afterwards', async () => {
    const { engine } = engineWith(pass);
    const first = engine.startExecution({ stateMachineArn, name: 'n', input: { a: 1 } });
    expect(engine.startExecution({ stateMachineArn, name: 'n', input: { a: 1 } })).toBe(first);
    const taken = expect.objectContaining({ code: 'ExecutionAlreadyExists' });
    expect(() => engine.startExecution({ stateMachineArn, name: 'n', input: { a: 2 } })).toThrow(
      taken,
    );
    await first.result;
    expect(() => engine.startExecution({ stateMachineArn, name: 'n', input: { a: 1 } })).toThrow(
      taken,
    );
  });

  it('refuses an input over 256 KiB and runs one just below', async () => {
    const { engine } = engineWith(pass);
    const most = 256 * 1024 - 2;
    expect(() => engine.startExecution({ stateMachineArn, input: 'x'.repeat(most + 1) })).toThrow(
      expect.objectContaining({ code: 'InvalidExecutionInput' }),
    );
    const { result } = engine.startExecution({ stateMachineArn, input: 'x'.repeat(most) });
    expect((await result).status).toBe('SUCCEEDED');
  });

  it('starts with {} where no input is given', async () => {
    expect((await run(pass)).result.output).toEqual({});
  });

  it('names executions by the seed', async () => {
    const nameOf = (seed: number) =>
      engineWith(pass, { seed }).engine.startExecution({ stateMachineArn }).name;
    expect(nameOf(1)).toBe(nameOf(1));
    expect(nameOf(1)).not.toBe(nameOf(2));
    expect(nameOf(1)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('ends an execution by its own TimeoutSeconds', async () => {
    const { result } = await run({
      ...machine({ W: { Type: 'Wait', Seconds: 100, End: true } }),
      TimeoutSeconds: 30,
    });
    expect(result).toMatchObject({ status: 'TIMED_OUT', stopDate: start + 30_000 });
    expect(result).not.toHaveProperty('error');
  });

  it('ends a Standard execution after a year and an Express one after five minutes', async () => {
    const long = machine({ W: { Type: 'Wait', Seconds: 99_999_999, End: true } });
    const standard = await run(long);
    expect(standard.result).toMatchObject({
      status: 'TIMED_OUT',
      stopDate: start + 365 * 86_400_000,
    });
    const express = await run(long, { type: 'EXPRESS' });
    expect(express.result).toMatchObject({ status: 'TIMED_OUT', stopDate: start + 300_000 });
  });

  it('stops an execution with error and cause', async () => {
    const { engine, all } = engineWith(machine({ W: { Type: 'Wait', Seconds: 1, End: true } }));
    const execution = engine.startExecution({ stateMachineArn });
    execution.stop('Enough', 'of this');
    expect(await execution.result).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'of this',
    });
    expect(all.at(-1)?.event).toMatchObject({
      type: 'ExecutionAborted',
      executionAbortedEventDetails: { error: 'Enough', cause: 'of this' },
    });
  });

  it('reports who waits for whom when nothing can go on', async () => {
    const reports: StalledReport[] = [];
    const engine = new Engine({
      clock: virtualClock(0),
      runTask: (request) => {
        request.park();
        return new Promise(() => {});
      },
      onStalled(report) {
        reports.push(report);
        execution.stop();
      },
    });
    engine.addStateMachine({
      arn: stateMachineArn,
      name: 'main',
      roleArn: 'r',
      definition: machine({ T: { Type: 'Task', Resource: lambda, End: true } }),
    });
    const execution = engine.startExecution({ stateMachineArn });
    await execution.result;
    expect(reports).toEqual([{ executions: [{ executionArn: execution.arn, waiting: ['T'] }] }]);
  });

  it('shows the context object in full', async () => {
    const { result } = await run(
      machine({ P: { Type: 'Pass', Parameters: { 'c.$': '$$' }, OutputPath: '$.c', End: true } }),
      { input: { a: 1 } },
    );
    expect(result.output).toEqual({
      Execution: {
        Id: 'arn:aws:states:us-east-1:123456789012:execution:main:run',
        Input: { a: 1 },
        Name: 'run',
        RoleArn: 'arn:aws:iam::123456789012:role/main',
        StartTime: '2026-01-31T12:00:00.000Z',
        RedriveCount: 0,
      },
      State: { Name: 'P', EnteredTime: '2026-01-31T12:00:00.000Z' },
      StateMachine: { Id: stateMachineArn, Name: 'main' },
    });
  });

  it('draws jitter, UUIDs and random numbers from the seed', async () => {
    const definition = machine({
      T: {
        Type: 'Task',
        Resource: lambda,
        Parameters: { 'id.$': 'States.UUID()', 'n.$': 'States.MathRandom(1, 1000000)' },
        Retry: [{ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL', IntervalSeconds: 100 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'P' }],
        End: true,
      },
      P: { Type: 'Pass', End: true },
    });
    const history = async (seed: number): Promise<string> =>
      JSON.stringify((await run(definition, { seed })).events);
    expect(await history(7)).toBe(await history(7));
    expect(await history(7)).not.toBe(await history(8));
  });
});
