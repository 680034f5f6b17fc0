import type { Json, StateMachineDefinition } from '../src/index.ts';

/** What is timed: the same definitions for both engines. */
export const passChain: StateMachineDefinition = {
  StartAt: 'One',
  States: {
    One: { Type: 'Pass', Result: 1, ResultPath: '$.one', Next: 'Two' },
    Two: { Type: 'Pass', Parameters: { 'from.$': '$.one' }, ResultPath: '$.two', Next: 'Three' },
    Three: { Type: 'Pass', End: true },
  },
};

export const mapOfChoices: StateMachineDefinition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Large?',
        States: {
          'Large?': {
            Type: 'Choice',
            Choices: [{ Variable: '$.n', NumericGreaterThan: 4, Next: 'Large' }],
            Default: 'Small',
          },
          Large: { Type: 'Pass', End: true },
          Small: { Type: 'Pass', End: true },
        },
      },
      End: true,
    },
  },
};

export const jsonataMap = (output: string): StateMachineDefinition => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Double',
        States: { Double: { Type: 'Pass', Output: output, End: true } },
      },
      End: true,
    },
  },
});

export const child: StateMachineDefinition = {
  StartAt: 'Done',
  States: { Done: { Type: 'Pass', End: true } },
};

export const parentOf = (childArn: string): StateMachineDefinition => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Call',
        States: {
          Call: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.sync:2',
            Parameters: { StateMachineArn: childArn, 'Input.$': '$' },
            ResultSelector: { 'status.$': '$.Status' },
            End: true,
          },
        },
      },
      End: true,
    },
  },
});

/** `count` small objects. */
export function items(count: number): Json[] {
  return Array.from({ length: count }, (_, index) => ({ n: index % 10 }));
}
