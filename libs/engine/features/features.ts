import type { Json, ObjectStore, StateMachineDefinition, StateMachineType } from '../src/index.ts';

/**
 * What the engine supports, each with a machine that shows it. `features.test.ts` runs every one,
 * and holds the table in docs/engine.md to this list.
 */
export interface Feature {
  readonly group: string;
  readonly name: string;
  /** Notes for the table: where it differs from the service, or how to use it. */
  readonly note?: string;
  readonly examples: readonly Example[];
}

export interface Example {
  readonly language: 'JSONPath' | 'JSONata';
  readonly states: { readonly [name: string]: Json };
  readonly type?: StateMachineType;
  readonly input?: Json;
  /** What every Task answers; `{ fail: [error, cause] }` fails it. Default: its input. */
  readonly task?: Json;
  readonly objects?: { readonly [path: string]: string };
  readonly machines?: { readonly [name: string]: StateMachineDefinition };
  readonly output?: Json;
  /** The error's name, where it is to fail. */
  readonly error?: string;
  readonly status?: 'TIMED_OUT';
}

export type { ObjectStore };

const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const invoke = 'arn:aws:states:::lambda:invoke';
const end = { End: true };
const pass: Json = { Type: 'Pass', ...end };
const processor = (states: { [name: string]: Json }, config?: Json): Json => ({
  ...(config !== undefined && { ProcessorConfig: config }),
  StartAt: Object.keys(states)[0] ?? '',
  States: states,
});
const child: StateMachineDefinition = {
  StartAt: 'Done',
  States: { Done: { Type: 'Pass', Result: 'done', End: true } },
};
const childArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:child';
const distributed = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
const failing = { fail: ['Broken', 'why'] };

export const features: readonly Feature[] = [
  {
    group: 'States',
    name: 'Pass',
    examples: [
      {
        language: 'JSONPath',
        states: { P: { Type: 'Pass', Result: 1, ResultPath: '$.a', ...end } },
        output: { a: 1 },
      },
      {
        language: 'JSONata',
        states: { P: { Type: 'Pass', Output: '{% 1 + 1 %}', ...end } },
        output: 2,
      },
    ],
  },
  {
    group: 'States',
    name: 'Choice',
    examples: [
      {
        language: 'JSONPath',
        states: {
          C: {
            Type: 'Choice',
            Choices: [{ Not: { Variable: '$.n', NumericLessThanPath: '$.m' }, Next: 'Yes' }],
            Default: 'No',
          },
          Yes: { Type: 'Pass', Result: 'yes', ...end },
          No: { Type: 'Pass', Result: 'no', ...end },
        },
        input: { n: 2, m: 1 },
        output: 'yes',
      },
      {
        language: 'JSONata',
        states: {
          C: {
            Type: 'Choice',
            Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'E', Output: 'yes' }],
            Default: 'E',
          },
          E: pass,
        },
        input: { n: 2 },
        output: 'yes',
      },
    ],
  },
  {
    group: 'States',
    name: 'Wait: Seconds, Timestamp, and by path or expression',
    examples: [
      {
        language: 'JSONPath',
        states: { W: { Type: 'Wait', SecondsPath: '$', ...end } },
        input: 9,
        output: 9,
      },
      {
        language: 'JSONata',
        states: { W: { Type: 'Wait', Timestamp: '{% $states.input %}', ...end } },
        input: '2026-06-01T00:00:00Z',
        output: '2026-06-01T00:00:00Z',
      },
    ],
  },
  {
    group: 'States',
    name: 'Succeed',
    examples: [
      {
        language: 'JSONPath',
        states: { S: { Type: 'Succeed', OutputPath: '$.a' } },
        input: { a: 1 },
        output: 1,
      },
      { language: 'JSONata', states: { S: { Type: 'Succeed', Output: 1 } }, output: 1 },
    ],
  },
  {
    group: 'States',
    name: 'Fail, with paths, intrinsic functions or expressions',
    examples: [
      {
        language: 'JSONPath',
        states: { F: { Type: 'Fail', ErrorPath: '$.e' } },
        input: { e: 'Mine' },
        error: 'Mine',
      },
      {
        language: 'JSONata',
        states: { F: { Type: 'Fail', Error: '{% "Mi" & "ne" %}' } },
        error: 'Mine',
      },
    ],
  },
  {
    group: 'States',
    name: 'Parallel',
    examples: [
      {
        language: 'JSONPath',
        states: {
          P: {
            Type: 'Parallel',
            Branches: [processor({ A: pass }), processor({ B: pass })],
            ...end,
          },
        },
        input: 1,
        output: [1, 1],
      },
      {
        language: 'JSONata',
        states: {
          P: { Type: 'Parallel', Branches: [processor({ A: pass })], Arguments: 2, ...end },
        },
        output: [2],
      },
    ],
  },
  {
    group: 'Map',
    name: 'Inline: ItemsPath or Items, ItemSelector, MaxConcurrency (Path)',
    note: 'at most 40 iterations at once',
    examples: [
      {
        language: 'JSONPath',
        states: {
          M: {
            Type: 'Map',
            ItemsPath: '$.list',
            MaxConcurrencyPath: '$.width',
            ItemSelector: { 'v.$': '$$.Map.Item.Value' },
            ItemProcessor: processor({ P: pass }),
            ...end,
          },
        },
        input: { list: [1, 2], width: 1 },
        output: [{ v: 1 }, { v: 2 }],
      },
      {
        language: 'JSONata',
        states: {
          M: {
            Type: 'Map',
            Items: '{% [1..3] %}',
            ItemSelector: '{% $states.context.Map.Item.Value * 2 %}',
            ItemProcessor: processor({ P: pass }),
            ...end,
          },
        },
        output: [2, 4, 6],
      },
    ],
  },
  {
    group: 'Map',
    name: 'Iterator and Parameters, the old names',
    examples: [
      {
        language: 'JSONPath',
        states: {
          M: {
            Type: 'Map',
            Parameters: { 'v.$': '$$.Map.Item.Value' },
            Iterator: processor({ P: pass }),
            ...end,
          },
        },
        input: [1],
        output: [{ v: 1 }],
      },
    ],
  },
  {
    group: 'Map',
    name: 'Distributed: child executions, Label, MaxConcurrency',
    note: 'each child has a history of its own; at most 10,000 at once',
    examples: (['JSONPath', 'JSONata'] as const).map((language) => ({
      language,
      states: {
        M: {
          Type: 'Map',
          Label: 'each',
          ItemProcessor: processor({ P: pass }, distributed),
          ...end,
        },
      },
      input: [1, 2],
      output: [1, 2],
    })),
  },
  {
    group: 'Map',
    name: 'Distributed: ToleratedFailureCount and …Percentage (Path)',
    examples: [
      {
        language: 'JSONPath',
        states: {
          M: {
            Type: 'Map',
            ItemsPath: '$.list',
            ToleratedFailureCountPath: '$.count',
            ItemProcessor: processor(
              { T: { Type: 'Task', Resource: lambda, ...end } },
              distributed,
            ),
            ...end,
          },
        },
        input: { list: [1, 2], count: 1 },
        task: failing,
        error: 'States.ExceedToleratedFailureThreshold',
      },
      {
        language: 'JSONata',
        states: {
          M: {
            Type: 'Map',
            ToleratedFailurePercentage: '{% 100 %}',
            Output: "{% $count($states.result[Status = 'FAILED']) %}",
            ItemProcessor: processor(
              { T: { Type: 'Task', Resource: lambda, ...end } },
              distributed,
            ),
            ...end,
          },
        },
        input: [1, 2],
        task: failing,
        output: 2,
      },
    ],
  },
  {
    group: 'Map',
    name: 'ItemReader: JSON (ItemsPointer), JSONL, CSV, Parquet, object lists; MaxItems',
    note: 'also objects of a list, Athena and S3 Inventory manifests',
    examples: [
      {
        language: 'JSONPath',
        states: {
          M: {
            Type: 'Map',
            ItemReader: {
              Resource: 'arn:aws:states:::s3:getObject',
              ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
              Parameters: { 'Bucket.$': '$.bucket', Key: 'k' },
            },
            ItemProcessor: processor({ P: pass }, distributed),
            ...end,
          },
        },
        input: { bucket: 'b' },
        objects: { 'b/k': 'a,b\n1,2\n' },
        output: [{ a: '1', b: '2' }],
      },
      {
        language: 'JSONata',
        states: {
          M: {
            Type: 'Map',
            ItemReader: {
              Resource: 'arn:aws:states:::s3:getObject',
              ReaderConfig: { InputType: 'JSON', MaxItems: 1 },
              Arguments: { Bucket: '{% $states.input.bucket %}', Key: 'k' },
            },
            ItemProcessor: processor({ P: pass }, distributed),
            ...end,
          },
        },
        input: { bucket: 'b' },
        objects: { 'b/k': '[1,2]' },
        output: [1],
      },
    ],
  },
  {
    group: 'Map',
    name: 'ItemBatcher',
    examples: [
      {
        language: 'JSONPath',
        states: {
          M: {
            Type: 'Map',
            ItemBatcher: { MaxItemsPerBatch: 2 },
            ItemProcessor: processor({ P: pass }, distributed),
            ...end,
          },
        },
        input: [1, 2, 3],
        output: [{ Items: [1, 2] }, { Items: [3] }],
      },
      {
        language: 'JSONata',
        states: {
          M: {
            Type: 'Map',
            ItemBatcher: { MaxItemsPerBatch: 3, BatchInput: { by: '{% "me" %}' } },
            ItemProcessor: processor({ P: pass }, distributed),
            ...end,
          },
        },
        input: [1, 2],
        output: [{ BatchInput: { by: 'me' }, Items: [1, 2] }],
      },
    ],
  },
  {
    group: 'Map',
    name: 'ResultWriter, WriterConfig',
    note: 'one file for each status',
    examples: [
      {
        language: 'JSONPath',
        states: {
          M: {
            Type: 'Map',
            ResultWriter: {
              Resource: 'arn:aws:states:::s3:putObject',
              Parameters: { Bucket: 'b', Prefix: 'p' },
            },
            ResultSelector: { 'bucket.$': '$.ResultWriterDetails.Bucket' },
            ItemProcessor: processor({ P: pass }, distributed),
            ...end,
          },
        },
        input: [1],
        output: { bucket: 'b' },
      },
      {
        language: 'JSONata',
        states: {
          M: {
            Type: 'Map',
            ResultWriter: { WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSON' } },
            ItemProcessor: processor({ P: pass }, distributed),
            ...end,
          },
        },
        input: [[1], [2, 3]],
        output: [1, 2, 3],
      },
    ],
  },
  {
    group: 'Data',
    name: 'InputPath, Parameters, ResultSelector, ResultPath, OutputPath; Arguments, Output',
    examples: [
      {
        language: 'JSONPath',
        states: {
          T: {
            Type: 'Task',
            Resource: lambda,
            InputPath: '$.a',
            Parameters: { 'x.$': '$.b' },
            ResultSelector: { 'y.$': '$.x' },
            ResultPath: '$.r',
            OutputPath: '$.r.y',
            ...end,
          },
        },
        input: { a: { b: 1 } },
        output: 1,
      },
      {
        language: 'JSONata',
        states: {
          T: {
            Type: 'Task',
            Resource: lambda,
            Arguments: { x: '{% $states.input.a %}' },
            Output: { y: '{% $states.result.x %}' },
            ...end,
          },
        },
        input: { a: 1 },
        output: { y: 1 },
      },
    ],
  },
  {
    group: 'Data',
    name: 'Assign and variables, with scopes',
    examples: [
      {
        language: 'JSONPath',
        states: {
          A: { Type: 'Pass', Assign: { 'v.$': '$.a' }, Next: 'B' },
          B: { Type: 'Pass', InputPath: '$v', ...end },
        },
        input: { a: 1 },
        output: 1,
      },
      {
        language: 'JSONata',
        states: {
          A: { Type: 'Pass', Assign: { v: 1 }, Next: 'B' },
          B: { Type: 'Pass', Output: '{% $v %}', ...end },
        },
        output: 1,
      },
    ],
  },
  {
    group: 'Data',
    name: 'Intrinsic functions; JSONata with the service’s added functions',
    examples: [
      {
        language: 'JSONPath',
        states: {
          P: {
            Type: 'Pass',
            Parameters: { 'x.$': "States.Format('{}-{}', $.a, States.ArrayLength($.l))" },
            ...end,
          },
        },
        input: { a: 1, l: [1, 2] },
        output: { x: '1-2' },
      },
      {
        language: 'JSONata',
        states: { P: { Type: 'Pass', Output: '{% $partition([1,2,3], 2) %}', ...end } },
        output: [[1, 2], [3]],
      },
    ],
  },
  {
    group: 'Data',
    name: 'Context object',
    examples: [
      {
        language: 'JSONPath',
        states: { P: { Type: 'Pass', Parameters: { 'n.$': '$$.State.Name' }, ...end } },
        output: { n: 'P' },
      },
      {
        language: 'JSONata',
        states: { P: { Type: 'Pass', Output: '{% $states.context.State.Name %}', ...end } },
        output: 'P',
      },
    ],
  },
  {
    group: 'Errors',
    name: 'Retry: IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds, JitterStrategy',
    examples: (['JSONPath', 'JSONata'] as const).map((language) => ({
      language,
      states: {
        T: {
          Type: 'Task',
          Resource: lambda,
          Retry: [
            { ErrorEquals: ['Broken'], MaxAttempts: 2, MaxDelaySeconds: 5, JitterStrategy: 'FULL' },
          ],
          ...end,
        },
      },
      task: failing,
      error: 'Broken',
    })),
  },
  {
    group: 'Errors',
    name: 'Catch',
    examples: [
      {
        language: 'JSONPath',
        states: {
          T: {
            Type: 'Task',
            Resource: lambda,
            Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'C' }],
            ...end,
          },
          C: pass,
        },
        task: failing,
        output: { e: { Error: 'Broken', Cause: 'why' } },
      },
      {
        language: 'JSONata',
        states: {
          T: {
            Type: 'Task',
            Resource: lambda,
            Catch: [
              {
                ErrorEquals: ['States.TaskFailed'],
                Output: '{% $states.errorOutput.Error %}',
                Next: 'C',
              },
            ],
            ...end,
          },
          C: pass,
        },
        task: failing,
        output: 'Broken',
      },
    ],
  },
  {
    group: 'Errors',
    name: 'TimeoutSeconds and HeartbeatSeconds (Path), of Tasks and executions',
    examples: [
      {
        language: 'JSONPath',
        states: { T: { Type: 'Task', Resource: invoke, TimeoutSecondsPath: '$.t', ...end } },
        input: { t: 5 },
        task: { never: true },
        error: 'States.Timeout',
      },
      {
        language: 'JSONata',
        states: {
          T: {
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
            HeartbeatSeconds: '{% 5 %}',
            Arguments: { MessageBody: '{% $states.context.Task.Token %}' },
            ...end,
          },
        },
        error: 'States.HeartbeatTimeout',
      },
    ],
  },
  {
    group: 'Tasks',
    name: 'Functions by ARN and service integrations (request and response)',
    note: 'answered by `runTask`',
    examples: (['JSONPath', 'JSONata'] as const).map((language) => ({
      language,
      states: { T: { Type: 'Task', Resource: invoke, ...end } },
      task: 'answer',
      output: 'answer',
    })),
  },
  {
    group: 'Tasks',
    name: 'states:startExecution, .sync, .sync:2, .waitForTaskToken',
    note: 'inside the engine; other jobs’ `.sync` is one answer of `runTask`',
    examples: [
      {
        language: 'JSONPath',
        states: {
          T: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.sync',
            Parameters: { StateMachineArn: childArn, Input: {} },
            OutputPath: '$.Output',
            ...end,
          },
        },
        machines: { child },
        output: '"done"',
      },
      {
        language: 'JSONata',
        states: {
          T: {
            Type: 'Task',
            Resource: 'arn:aws:states:::states:startExecution.sync:2',
            Arguments: { StateMachineArn: childArn, Input: {} },
            Output: '{% $states.result.Output %}',
            ...end,
          },
        },
        machines: { child },
        output: 'done',
      },
    ],
  },
  {
    group: 'Tasks',
    name: 'Activities',
    note: 'a worker calls `getActivityTask`',
    examples: (['JSONPath', 'JSONata'] as const).map((language) => ({
      language,
      states: {
        A: {
          Type: 'Task',
          Resource: 'arn:aws:states:us-east-1:123456789012:activity:work',
          TimeoutSeconds: 5,
          ...end,
        },
      },
      error: 'States.Timeout',
    })),
  },
  {
    group: 'Tasks',
    name: 'Credentials',
    note: 'handed to `runTask`',
    examples: (['JSONPath', 'JSONata'] as const).map((language) => ({
      language,
      states: {
        T: {
          Type: 'Task',
          Resource: invoke,
          Credentials: { RoleArn: 'arn:aws:iam::123456789012:role/r' },
          ...end,
        },
      },
      task: 1,
      output: 1,
    })),
  },
  {
    group: 'Executions',
    name: 'Express',
    note: 'no job, no callback, no activity; five minutes; no limit of events',
    examples: (['JSONPath', 'JSONata'] as const).map((language) => ({
      language,
      type: 'EXPRESS' as const,
      states: { W: { Type: 'Wait', Seconds: 301, ...end } },
      status: 'TIMED_OUT' as const,
    })),
  },
  {
    group: 'Executions',
    name: '256 KiB of data, 25,000 events, a year',
    note: '`limits` changes them',
    examples: [
      {
        language: 'JSONPath',
        states: {
          A: { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' }, ...end },
        },
        input: 'x'.repeat(140_000),
        error: 'States.DataLimitExceeded',
      },
      {
        language: 'JSONata',
        states: { A: { Type: 'Pass', Output: '{% [$states.input, $states.input] %}', ...end } },
        input: 'x'.repeat(140_000),
        error: 'States.DataLimitExceeded',
      },
    ],
  },
];
