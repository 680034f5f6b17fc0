import { describe, expect, it } from 'vitest';
import type { Json, StateMachineDefinition } from './index.ts';
import { arnOf, engineWith, lambda, machine, run } from './testing/run.ts';

const stateMachineArn = arnOf('main');
/** Loops without waiting; the end exists but is never reached. */
const loop = machine({
  Again: {
    Type: 'Choice',
    Choices: [{ Variable: '$', IsPresent: false, Next: 'End' }],
    Default: 'Step',
  },
  Step: { Type: 'Pass', Next: 'Again' },
  End: { Type: 'Succeed' },
});

describe('an endless loop without a Wait', () => {
  it('ends at the last event that a Standard execution may have', async () => {
    const { result, events } = await run(loop);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(result.cause).toContain('25000');
    expect(events).toHaveLength(25_000);
    expect(events.at(-1)).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  });

  it('ends by timeout in an Express execution', async () => {
    const { result } = await run(loop, { type: 'EXPRESS', onEvent: () => {} });
    expect(result.status).toBe('TIMED_OUT');
  }, 60_000);

  it('can be stopped from outside meanwhile', async () => {
    const { engine } = engineWith(loop, { limits: { historyEvents: Infinity } });
    const execution = engine.startExecution({ stateMachineArn });
    setTimeout(() => execution.stop('Enough'), 30);
    expect(await execution.result).toMatchObject({ status: 'ABORTED', error: 'Enough' });
  });
});

describe('size and depth', () => {
  it('runs a definition nested 200 deep', async () => {
    let definition: StateMachineDefinition = machine({
      S200: { Type: 'Pass', Result: 1, End: true },
    });
    for (let depth = 199; depth > 0; depth--) {
      definition = machine({
        [`S${depth}`]: { Type: 'Parallel', Branches: [definition], End: true },
      });
    }
    const { result } = await run(definition);
    expect(result.status).toBe('SUCCEEDED');
    expect(JSON.stringify(result.output)).toBe(`${'['.repeat(199)}1${']'.repeat(199)}`);
  });

  it('carries 250 KiB of input through', async () => {
    const input = { text: 'x'.repeat(250 * 1024) };
    const { result } = await run(machine({ P: { Type: 'Pass', End: true } }), { input });
    expect(result.output).toEqual(input);
  });

  it('fails a state whose output is over 256 KiB', async () => {
    const { result } = await run(
      machine({ P: { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' }, End: true } }),
      { input: 'x'.repeat(140_000) },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('fails a Task whose Parameters make more than 256 KiB, before it is scheduled', async () => {
    const { result, events } = await run(
      machine({
        T: { Type: 'Task', Resource: lambda, Parameters: { 'a.$': '$', 'b.$': '$' }, End: true },
      }),
      { input: 'x'.repeat(140_000), task: () => 1 },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect(events.map(({ type }) => type)).not.toContain('LambdaFunctionScheduled');
  });

  it('fails an Assign over 256 KiB', async () => {
    const { result } = await run(
      machine({ P: { Type: 'Pass', Assign: { 'a.$': '$', 'b.$': '$' }, End: true } }),
      { input: 'x'.repeat(140_000) },
    );
    expect(result.status).toBe('FAILED');
    expect(result.error).toBe('States.DataLimitExceeded');
  });

  it('ends a Map of 10,000 iterations by name, where its history is full', async () => {
    const { result } = await run(
      machine({
        M: { Type: 'Map', ItemProcessor: machine({ P: { Type: 'Pass', End: true } }), End: true },
      }),
      { input: Array.from({ length: 10_000 }, () => 1) },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('runs 10,000 child executions at once', async () => {
    const { result } = await run(
      machine({
        M: {
          Type: 'Map',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
            ...machine({ W: { Type: 'Wait', Seconds: 1, End: true } }),
          },
          End: true,
        },
      }),
      { input: Array.from({ length: 10_000 }, () => 1) },
    );
    expect(result.status).toBe('SUCCEEDED');
    expect(result.stopDate - result.startDate).toBe(1000);
  }, 30_000);

  it('refuses what is no JSON as a definition', () => {
    const cyclic: { [key: string]: unknown } = machine({ P: { Type: 'Pass', End: true } });
    cyclic['self'] = cyclic;
    expect(() => engineWith(cyclic as StateMachineDefinition)).toThrow(
      expect.objectContaining({ code: 'InvalidDefinition' }),
    );
  });
});

describe('a Task that never answers', () => {
  const task = (fields: object) =>
    machine({ T: { Type: 'Task', Resource: lambda, End: true, ...fields } });
  const never = (): Promise<Json> => new Promise(() => {});

  it('ends by its timeout once the engine’s patience is over', async () => {
    const { result } = await run(task({ TimeoutSeconds: 5 }), { task: never, taskPatienceMs: 10 });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('is named where it has none', async () => {
    const { result } = await run(task({}), { task: never, taskPatienceMs: 10 });
    expect(result).toMatchObject({ status: 'ABORTED', error: 'Engine.Stalled' });
    expect(result.cause).toContain('Waiting: T');
  });
});

describe('the host', () => {
  it('is out of reach of a definition’s and an input’s __proto__ and constructor', async () => {
    const input = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    ) as Json;
    const { result } = await run(
      machine({
        A: { Type: 'Pass', Result: 1, ResultPath: '$.__proto__.polluted', Next: 'B' },
        B: { Type: 'Pass', Parameters: { 'x.$': '$', __proto__: { polluted: 1 } }, End: true },
      }),
      { input },
    );
    expect(result.status).toBe('SUCCEEDED');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('does not show its prototypes to paths', async () => {
    const { result } = await run(
      machine({ A: { Type: 'Pass', Parameters: { 'x.$': '$.constructor' }, End: true } }),
      { input: {} },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});
