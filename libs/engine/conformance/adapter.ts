/**
 * Runs one recorded case on the engine, as the conformance set's README describes adapters: the
 * Tasks are answered from the recording, the time is skipped.
 */
import {
  Engine,
  EngineError,
  TaskFailure,
  virtualClock,
  type HistoryEvent,
  type Json,
  type StateMachineDefinition,
  type StateMachineType,
} from '../src/index.ts';

interface Case {
  readonly definition: StateMachineDefinition;
  readonly type?: StateMachineType;
  readonly input: Json;
}

interface Mocks {
  call(
    stateName: string,
    input: Json,
  ): { output?: Json; error?: string; cause?: string | null; timedOut?: boolean };
}

interface Answer {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly HistoryEvent[];
}

const account = '111111111111';
/** Cases hold times around the day they were made; none may lie a year ahead of the run. */
const startTime = Date.now();

export async function run(recorded: Case, mocks: Mocks): Promise<Answer> {
  const events: HistoryEvent[] = [];
  const engine = new Engine({
    clock: virtualClock(startTime),
    accountId: account,
    onEvent: ({ executionArn, event }) => {
      // Child executions of a Map Run have histories of their own.
      if (executionArn.endsWith(':sm:exec') || executionArn.includes(':express:sm:exec:')) {
        events.push(event);
      }
    },
    interceptTask: () => true,
    async runTask(request) {
      const { stateName, input } = request;
      const answer = mocks.call(stateName, input);
      if (answer.timedOut === true) {
        request.park();
        return new Promise<Json>(() => {});
      }
      if (answer.error !== undefined) {
        throw new TaskFailure(answer.error, answer.cause ?? undefined);
      }
      return answer.output ?? null;
    },
  });
  const arn = `arn:aws:states:us-east-1:${account}:stateMachine:sm`;
  try {
    engine.addStateMachine({
      arn,
      name: 'sm',
      roleArn: `arn:aws:iam::${account}:role/snf_role_arn`,
      definition: recorded.definition,
      type: recorded.type ?? 'STANDARD',
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { status: 'REJECTED', error: error.code, cause: error.message, events };
  }
  const execution = engine.startExecution({
    stateMachineArn: arn,
    name: 'exec',
    input: recorded.input,
  });
  const { status, output, error, cause } = await execution.result;
  return {
    status,
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    events,
  };
}
