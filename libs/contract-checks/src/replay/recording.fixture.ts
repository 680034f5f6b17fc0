import { Engine, type Json, type JsonObject, TaskFailure, virtualClock } from '@harmony/engine';

export const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:dev-review';
export const roleArn = 'arn:aws:iam::123456789012:role/dev-review';

type Answer = (state: string, input: Json, call: number) => Json;

/** What `aws stepfunctions get-execution-history` would write of a run of the definition. */
export async function record(
  definition: JsonObject,
  input: Json,
  answer: Answer = () => ({}),
): Promise<{ events: JsonObject[] }> {
  const events: JsonObject[] = [];
  const calls = new Map<string, number>();
  const engine = new Engine({
    clock: virtualClock(Date.parse('2026-03-01T08:00:00Z')),
    interceptTask: () => true,
    runTask: async ({ stateName, input: given }) => {
      const call = calls.get(stateName) ?? 0;
      calls.set(stateName, call + 1);
      return answer(stateName, given, call);
    },
    onEvent: ({ event: { timestamp, ...event } }) => {
      events.push({ timestamp: new Date(timestamp).toISOString(), ...(event as JsonObject) });
    },
  });
  engine.addStateMachine({ arn, name: 'dev-review', roleArn, definition });
  await engine.startExecution({ stateMachineArn: arn, name: 'night-1', input }).result;
  return { events };
}

export const fails = (error: string, cause?: string): never => {
  throw new TaskFailure(error, cause);
};

/** Asks for each item of the input, with one retry; leaves out what cannot be had; then tells. */
export const review = (changes: { ask?: object; tell?: object; each?: object } = {}): JsonObject =>
  ({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemProcessor: {
          StartAt: 'Ask',
          States: {
            Ask: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem',
              Parameters: { 'Key.$': '$', TableName: 'orders' },
              Retry: [{ ErrorEquals: ['DynamoDb.Slow'], MaxAttempts: 1 }],
              Catch: [{ ErrorEquals: ['DynamoDb.Gone'], Next: 'Left out' }],
              End: true,
              ...changes.ask,
            },
            'Left out': { Type: 'Pass', Result: 'left out', End: true },
          },
        },
        Next: 'Tell',
        ...changes.each,
      },
      Tell: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        Parameters: { 'Message.$': 'States.JsonToString($)', 'Who.$': '$$.Execution.Id' },
        ResultPath: null,
        End: true,
        ...changes.tell,
      },
    },
  }) as JsonObject;

/** Item 1 is had at the second try, item 2 is gone. */
export const answers: Answer = (state, input, call) => {
  if (state === 'Tell') return { MessageId: 'm-1' } as JsonObject;
  const { Key } = input as { Key: number };
  if (Key === 1 && call < 3) return fails('DynamoDb.Slow', 'slow down');
  if (Key === 2) return fails('DynamoDb.Gone');
  return { Item: Key } as JsonObject;
};
