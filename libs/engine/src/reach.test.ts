import { describe, expect, it } from 'vitest';
import { readSuite } from '../suite/suite.ts';
import {
  Engine,
  TaskFailure,
  virtualClock,
  type Json,
  type StateMachineDefinition,
} from './index.ts';
import { compileMachine } from './compile/compile.ts';
import { awsLimits } from './limits.ts';
import { pointerSteps } from './pointer.ts';
import { arnOf, lambda, machine, type RunOptions } from './testing/run.ts';
import { validateDefinition } from './validate/definition.ts';

/** All places of a machine as `kind pointer`, with how often the run came by. */
async function reached(
  definition: StateMachineDefinition,
  options: Pick<RunOptions, 'task' | 'input'> = {},
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const { task = () => null, input = {} } = options;
  const engine = new Engine({ clock: virtualClock(0), runTask: async (request) => task(request) });
  const stateMachineArn = arnOf('main');
  engine.addStateMachine({
    ...{ arn: stateMachineArn, name: 'main', roleArn: 'role', definition },
    reach: {
      place(kind, pointer) {
        const key = `${kind} ${pointer}`;
        counts.set(key, counts.get(key) ?? 0);
        return () => counts.set(key, (counts.get(key) ?? 0) + 1);
      },
    },
  });
  await engine.startExecution({ stateMachineArn, input }).result;
  return counts;
}

const missed = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].filter(([, count]) => count === 0).map(([place]) => place);

describe('what a run reaches', () => {
  it('is each state, rule, catcher, retrier and expression that it came by, counted', async () => {
    const definition = machine({
      Ask: {
        Type: 'Task',
        Resource: lambda,
        Parameters: { 'a.$': '$.list', deep: [{ 'b.$': "States.Format('{}', $.list[0])" }] },
        ResultPath: '$.result',
        OutputPath: '$.result',
        Retry: [
          { ErrorEquals: ['Never'] },
          { ErrorEquals: ['Slow'], MaxAttempts: 2, IntervalSeconds: 1 },
        ],
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Left out' },
          { ErrorEquals: ['Slow'], Next: 'Which?', Assign: { 'name.$': '$.Error' } },
        ],
        Next: 'Left out',
      },
      'Which?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.no', IsPresent: true, Next: 'Left out' },
          {
            Or: [
              { Variable: '$.Error', StringEquals: 'Slow' },
              { Variable: '$.never', StringEquals: 'read' },
            ],
            Assign: { 'seen.$': '$.Error' },
            Next: 'a/b~c',
          },
        ],
        Default: 'Left out',
      },
      'a/b~c': { Type: 'Pass', End: true },
      'Left out': { Type: 'Succeed' },
    });
    const counts = await reached(definition, {
      input: { list: ['x'] },
      task: () => {
        throw new TaskFailure('Slow');
      },
    });
    expect(missed(counts)).toEqual([
      'expression /States/Ask/OutputPath',
      'retrier /States/Ask/Retry/0',
      'catcher /States/Ask/Catch/0',
      'rule /States/Which?/Choices/0',
      'expression /States/Which?/Choices/1/Or/1/Variable',
      'rule /States/Which?/Default',
      'state /States/Left out',
    ]);
    expect(Object.fromEntries(counts)).toMatchObject({
      'state /States/Ask': 1,
      'retrier /States/Ask/Retry/1': 2,
      'catcher /States/Ask/Catch/1': 1,
      'expression /States/Ask/Catch/1/Assign/name.$': 1,
      'expression /States/Ask/Parameters/deep/0/b.$': 3,
      'rule /States/Which?/Choices/1': 1,
      'expression /States/Which?/Choices/1/Assign/seen.$': 1,
      'state /States/a~1b~0c': 1,
    });
  });

  it('is told in JSONata, in branches and in iterations too', async () => {
    const one = (state: Json) => ({ StartAt: 'S', States: { S: state } });
    const counts = await reached(
      {
        QueryLanguage: 'JSONata',
        StartAt: 'Both',
        States: {
          Both: {
            Type: 'Parallel',
            Branches: [
              { StartAt: 'A', States: { A: { Type: 'Pass', Output: '{% 1 %}', End: true } } },
              {
                StartAt: 'Each',
                States: {
                  Each: {
                    Type: 'Map',
                    Items: '{% $states.input.items %}',
                    ItemProcessor: one({ Type: 'Pass', Output: { o: ['{% 2 %}'] }, End: true }),
                    End: true,
                  },
                },
              },
            ],
            Next: 'Which?',
          },
          'Which?': {
            Type: 'Choice',
            Choices: [{ Condition: '{% false %}', Next: 'End', Output: '{% 3 %}' }],
            Default: 'End',
            Output: '{% $states.input[0] %}',
          },
          End: { Type: 'Succeed' },
        },
      },
      { input: { items: [] } },
    );
    const inner = '/States/Both/Branches/1/States/Each';
    expect(missed(counts)).toEqual([
      `expression ${inner}/ItemProcessor/States/S/Output/o/0`,
      `state ${inner}/ItemProcessor/States/S`,
      `branch ${inner}/ItemProcessor`,
      'expression /States/Which?/Choices/0/Output',
      'rule /States/Which?/Choices/0',
    ]);
    expect(counts.get('branch /States/Both/Branches/1')).toBe(1);
  });

  it('stands where its pointer says, in every definition of the suite', () => {
    const definitions = readSuite()
      .flatMap(({ cases }) => cases)
      .filter(({ definition, type = 'STANDARD' }) =>
        validateDefinition(definition, { type }).every(({ severity }) => severity !== 'ERROR'),
      );
    let places = 0;
    for (const { definition, type = 'STANDARD' } of definitions) {
      const place = (_kind: string, pointer: string) => {
        places++;
        let at: unknown = definition;
        for (const step of pointerSteps(pointer)) at = (at as Record<string, unknown>)[step];
        expect(at, pointer).toBeDefined();
        return () => {};
      };
      compileMachine(definition, type, awsLimits, { reach: { place } });
    }
    expect(places).toBeGreaterThan(100);
  });
});
