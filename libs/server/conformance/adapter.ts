/**
 * Runs one recorded case through the API, by the SDK's own client: what the engine does must not
 * change on the way. See `libs/engine/conformance`.
 */
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  SFNClient,
  SFNServiceException,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { TaskFailure } from '@harmony/engine';
import type { Json } from '@harmony/engine';
import { startServer } from '../src/index.ts';
import { stageOf } from '../src/testing/server.ts';

interface Case {
  readonly definition: object;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly input: Json;
}

interface Mocks {
  call(
    stateName: string,
    input: Json,
  ): { output?: Json; error?: string; cause?: string | null; timedOut?: boolean };
}

interface Answer {
  readonly status: string | undefined;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly HistoryEvent[];
}

const account = '111111111111';
const pass = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const [machine] = stageOf({ other: pass }).stateMachines;

export async function run(recorded: Case, mocks: Mocks): Promise<Answer> {
  // New resources are made in the account of the workspace's own.
  const arn = `arn:aws:states:us-east-1:${account}:stateMachine:other`;
  await using server = await startServer({
    stage: { ...stageOf({}), stateMachines: machine === undefined ? [] : [{ ...machine, arn }] },
    workspaceRoot: import.meta.dirname,
    port: 0,
    file: ':memory:',
    virtualTime: true,
    answerTasks: {
      interceptTask: () => true,
      async runTask(request) {
        const answer = mocks.call(request.stateName, request.input);
        if (answer.timedOut === true) {
          request.park();
          return new Promise<Json>(() => {});
        }
        if (answer.error !== undefined) {
          throw new TaskFailure(answer.error, answer.cause ?? undefined);
        }
        return answer.output ?? null;
      },
    },
  });
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
  try {
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({
        name: 'sm',
        roleArn: `arn:aws:iam::${account}:role/snf_role_arn`,
        definition: JSON.stringify(recorded.definition),
        type: recorded.type ?? 'STANDARD',
      }),
    );
    const { executionArn } = await client.send(
      new StartExecutionCommand({
        stateMachineArn,
        name: 'exec',
        input: JSON.stringify(recorded.input),
      }),
    );
    for (;;) {
      const about = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (about.status === 'RUNNING') {
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      const events: HistoryEvent[] = [];
      for await (const page of paginateGetExecutionHistory({ client }, { executionArn })) {
        events.push(...(page.events ?? []));
      }
      const { status, output, error, cause } = about;
      return {
        status,
        ...(output !== undefined && { output: JSON.parse(output) as Json }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
        events,
      };
    }
  } catch (error) {
    if (!(error instanceof SFNServiceException)) throw error;
    return { status: 'REJECTED', error: error.name, cause: error.message, events: [] };
  } finally {
    client.destroy();
  }
}
