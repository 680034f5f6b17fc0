import { createHash } from 'node:crypto';
import { TaskFailure } from '@harmony/engine';
import type { Json, TaskRequest } from '@harmony/engine';
import type { LambdaFunction } from '@harmony/assembly';
import type { AwsEndpoints } from '../endpoints/aws-endpoints.ts';
import type { OnLocalEvent } from '../events.ts';
import type { CodeFolders } from '../lambda/code-folders.ts';
import type { FunctionPool } from '../lambda/function-pool.ts';
import { DEFAULT_CASE, MockCounter, ofTarget } from '../mocks/mocks.ts';
import type { Mocks } from '../mocks/mocks.ts';
import { FunctionDirectory } from './function-directory.ts';
import type { FunctionResult, TaskServices } from './integration.ts';
import { integrations } from './integrations.ts';
import { NO_MOCK, noMockMessage } from './no-mock.ts';
import { NotRunHere } from './not-run-here.ts';

export interface TaskRunnerOptions {
  readonly functions: readonly LambdaFunction[];
  readonly pool: FunctionPool;
  readonly codes: CodeFolders;
  readonly endpoints: AwsEndpoints;
  /** By state machine ARN; those of a run are added when it starts. */
  readonly mocks: ReadonlyMap<string, Mocks>;
  /** Test cases by target of a run. */
  readonly casesOf?: ReadonlyMap<string, string>;
  /** ARN -> name. */
  readonly machineName: (arn: string) => string;
  readonly onEvent: OnLocalEvent;
}

/** Answers Tasks: a real service first, then a mock, else an integration that runs here, else a failure that says so. */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #counter = new MockCounter();
  readonly #invocations = new Map<string, number>();
  /** Invocations that nobody waits for. */
  readonly #later = new Set<Promise<unknown>>();
  readonly #services: TaskServices;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
    const functions = new FunctionDirectory(options.functions);
    this.#services = {
      findFunction: (nameOrArn, qualifier) => functions.find(nameOrArn, qualifier),
      invokeFunction: (fn, payload, request) =>
        this.#invoke(fn, payload, request, this.#requestId(request), request.signal),
      invokeLater: (fn, payload, request) => this.#invokeLater(fn, payload, request),
      requestId: (request) => this.#requestId(request),
    };
  }

  /** Whether a mock answers this Task: a child is not started then, a token not waited for. */
  isMocked(request: TaskRequest): boolean {
    if (this.#options.endpoints.answers(request)) return false;
    return this.#mocksOf(request)?.testCase?.has(request.stateName) ?? false;
  }

  async run(request: TaskRequest): Promise<Json> {
    const { machineName, onEvent, endpoints } = this.#options;
    if (endpoints.answers(request)) return endpoints.call(request);
    const mocks = this.#mocksOf(request);
    const stateMachine = machineName(request.stateMachineArn);
    const { executionArn, stateName, resource } = request;
    const answer = this.#counter.answer(mocks, request);
    if (answer.kind === 'response') {
      const { call, response } = answer;
      const testCase = mocks?.caseName ?? DEFAULT_CASE;
      const about = { executionArn, stateMachine, stateName, testCase, call };
      onEvent({ code: 'MOCK_ANSWERED', ...about, answer: response.kind });
      if (response.kind === 'silence') return nobody(request);
      if (response.afterSeconds !== undefined) await request.elapse(response.afterSeconds * 1000);
      if (response.kind === 'throw') throw new TaskFailure(response.error, response.cause);
      return response.value;
    }
    let reason: string | undefined;
    if (answer.kind === 'none') {
      const integration = integrations.find((candidate) => candidate.matches(resource));
      try {
        if (integration !== undefined) return await integration.run(request, this.#services);
      } catch (error) {
        if (!(error instanceof NotRunHere)) throw error;
        reason = error.message;
      }
    }
    const message = noMockMessage(request, stateMachine, mocks, { ...answer, reason });
    onEvent({ code: 'MOCK_MISSING', executionArn, stateMachine, stateName, resource, message });
    // Fatal: a Catch of States.ALL would make a green run of a Task that nothing has answered.
    throw new TaskFailure(NO_MOCK, message, { fatal: true });
  }

  #mocksOf(request: TaskRequest): Mocks | undefined {
    const { mocks, casesOf } = this.#options;
    return ofTarget(mocks.get(request.stateMachineArn), casesOf, request);
  }

  /** Resolves when nothing runs any more that was invoked with InvocationType Event. */
  async settled(): Promise<void> {
    while (this.#later.size > 0) await Promise.all(this.#later);
  }

  #invokeLater(fn: LambdaFunction, payload: Json, request: TaskRequest): void {
    // Its failure is in the events; Lambda would try it again, and nobody here would see it.
    const requestId = this.#requestId(request);
    const signal = new AbortController().signal;
    const invocation = this.#invoke(fn, payload, request, requestId, signal).then(
      () => void this.#later.delete(invocation),
      () => void this.#later.delete(invocation),
    );
    this.#later.add(invocation);
  }

  async #invoke(
    fn: LambdaFunction,
    payload: Json,
    request: TaskRequest,
    requestId: string,
    signal: AbortSignal,
  ): Promise<FunctionResult> {
    const { onEvent, pool, codes } = this.#options;
    const about = { executionArn: request.executionArn, functionName: fn.name, requestId };
    const runnable = await codes.of(fn);
    if ('reason' in runnable) throw new NotRunHere(`${fn.name} cannot be run: ${runnable.reason}`);
    onEvent({ code: 'HANDLER_INVOKED', ...about });
    const eventJson = JSON.stringify(payload);
    const result = await pool.invoke(runnable, { requestId, eventJson }, signal);
    if (result.kind === 'response') {
      onEvent({ code: 'HANDLER_ENDED', ...about });
      const payloadBytes = Buffer.byteLength(result.json);
      return { payload: JSON.parse(result.json) as Json, payloadBytes, requestId };
    }
    onEvent({ code: 'HANDLER_ENDED', ...about, error: result.error.errorType });
    throw new TaskFailure(result.error.errorType, JSON.stringify(result.error));
  }

  /** A UUID that is the same in the same run: it stands in results, so in the history. */
  #requestId(request: TaskRequest): string {
    const key = `${request.executionArn} ${request.stateName}`;
    const ordinal = this.#invocations.get(key) ?? 0;
    this.#invocations.set(key, ordinal + 1);
    const hex = createHash('sha256').update(`${key} ${ordinal}`).digest('hex');
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
    return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
  }
}

/** The state's timeout or heartbeat ends the wait, or nothing does, and the run is told to be stalled. */
function nobody(request: TaskRequest): Promise<never> {
  request.park();
  return new Promise(() => {});
}
