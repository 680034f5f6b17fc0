import { compileMachine } from '../compile/compile.ts';
import { errorMatcher } from '../compile/error-matcher.ts';
import type { Inspect } from '../compile/context.ts';
import type { Failure } from '../core/failure.ts';
import type { CompiledMachine, CompiledState, RetryAndCatch } from '../core/port.ts';
import { copyJson, isObject, type Json, type JsonObject } from '../json.ts';
import type { Limits } from '../limits.ts';
import type { ObjectStore } from '../object-store.ts';
import { TaskFailure } from '../task-failure.ts';
import type { ExecutionResult, RunTask } from '../types.ts';
import { checkOptions, mockedResult } from './check-options.ts';
import { findState, type TestedState } from './find-state.ts';
import { testTypes } from './mocked-states.ts';
import type { InspectionData, TestStateOptions, TestStateResult } from './options.ts';

/** One test of one state, ready to run as an execution that ends where the state is left. */
export interface PreparedTest {
  readonly machine: CompiledMachine;
  readonly runTask: RunTask;
  readonly objectStore: ObjectStore | undefined;
  readonly context: JsonObject;
  readonly variables: JsonObject | undefined;
  /** What the API answers, once the execution is over. */
  report(result: ExecutionResult): TestStateResult;
}

/** @throws InvalidDefinition; EngineError ValidationException, InvalidDefinition */
export function prepareTest(
  definition: JsonObject,
  input: Json,
  options: TestStateOptions,
  limits: Limits,
): PreparedTest {
  const state = findState(copyJson(definition) as JsonObject, options.stateName);
  checkOptions(state, options);
  const data: InspectionData = { input };
  const inspect: Inspect = (name, value) => Object.assign(data, { [name]: value });
  const retries = options.retryCount ?? options.stateConfiguration?.retrierRetryCount ?? 0;
  const machine = compileTested(state, options, limits, inspect);
  const tested = machine.graph.startAt;
  const outcome: Outcome = {};
  const start: CompiledState = {
    ...tested,
    retryAndCatch: tested.retryAndCatch && watched(tested.retryAndCatch, state, retries, outcome),
  };
  // Wherever the state leads, itself included, the test is over.
  for (const target of machine.graph.states.values()) {
    Object.assign(target, {
      exitedEvent: undefined,
      enter(thread: Parameters<CompiledState['enter']>[0]) {
        outcome.nextState = thread.state.name;
        thread.exit(thread.input, undefined);
      },
    });
  }
  const { mock, context = {} } = options;
  return {
    machine: { ...machine, graph: { startAt: start, states: machine.graph.states } },
    async runTask() {
      if (mock?.errorOutput !== undefined) {
        const { error, cause } = mock.errorOutput;
        throw new TaskFailure(error ?? 'States.TaskFailed', cause);
      }
      const result = mockedResult(mock?.result ?? null);
      inspect('result', result);
      return result;
    },
    objectStore: storeOf(options.stateConfiguration?.mapItemReaderData),
    context: retries === 0 ? context : withRetries(context, retries),
    variables: options.variables,
    report: (result) => report(result, state, outcome, data, options),
  };
}

/** What the test saw happen. */
interface Outcome {
  nextState?: string;
  failure?: Failure;
  retry?: { readonly index: number; readonly seconds: number };
  catchIndex?: number;
}

function compileTested(
  { name, definition, queryLanguage }: TestedState,
  options: TestStateOptions,
  limits: Limits,
  inspect: Inspect,
): CompiledMachine {
  const states: JsonObject = {};
  for (const target of targetsOf(definition)) states[target] = { Type: 'Succeed' };
  states[name] = definition;
  const machine = {
    StartAt: name,
    States: states,
    ...(queryLanguage !== undefined && { QueryLanguage: queryLanguage }),
  };
  return compileMachine(machine, 'EXPRESS', limits, { types: testTypes(options), inspect });
}

function targetsOf(state: JsonObject): string[] {
  const lists = [state['Choices'], state['Catch']].flatMap((list) =>
    Array.isArray(list) ? list.filter(isObject) : [],
  );
  return [state['Default'], ...[state, ...lists].map((of) => of['Next'])].filter(
    (target) => typeof target === 'string',
  );
}

/** Asks Retry as if the state had been retried so often before, and does not retry. */
function watched(
  real: RetryAndCatch,
  { definition }: TestedState,
  retries: number,
  outcome: Outcome,
): RetryAndCatch {
  const catchers = Array.isArray(definition['Catch']) ? definition['Catch'] : [];
  return {
    freshAttempts: () => real.freshAttempts().map(() => retries),
    retryDelayMs(how, attempts, random) {
      outcome.failure = how;
      const delay = real.retryDelayMs(how, attempts, random);
      if (delay !== undefined) {
        const index = attempts.findIndex((used) => used > retries);
        outcome.retry = { index, seconds: delay / 1000 };
      }
      return undefined;
    },
    catcher(how) {
      if (outcome.retry !== undefined) return undefined;
      const catcher = real.catcher(how);
      if (catcher !== undefined) {
        outcome.catchIndex = catchers.findIndex(
          (of) => isObject(of) && errorMatcher(of['ErrorEquals'])(how),
        );
      }
      return catcher;
    },
  };
}

function report(
  result: ExecutionResult,
  { definition, queryLanguage }: TestedState,
  outcome: Outcome,
  data: InspectionData,
  { inspectionLevel = 'INFO' }: TestStateOptions,
): TestStateResult {
  const { failure, retry, catchIndex, nextState } = outcome;
  const caught = result.status === 'SUCCEEDED' && catchIndex !== undefined;
  const status =
    retry !== undefined ? 'RETRIABLE' : caught ? 'CAUGHT_ERROR' : succeededOrNot(result);
  // A test may take five minutes, as an Express execution.
  const own = result.status === 'TIMED_OUT' ? 'States.Timeout' : result.error;
  const error = status === 'SUCCEEDED' ? undefined : caught ? failure?.error : own;
  const cause = status === 'SUCCEEDED' ? undefined : caught ? failure?.cause : result.cause;
  if (retry !== undefined) {
    data.errorDetails = { retryIndex: retry.index, retryBackoffIntervalSeconds: retry.seconds };
  } else if (caught) data.errorDetails = { catchIndex };
  if (queryLanguage !== 'JSONata') jsonPathData(definition, data);
  return {
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause: withoutPlace(cause) }),
    ...(inspectionLevel !== 'INFO' && { inspectionData: data }),
    ...(nextState !== undefined && { nextState }),
    ...(result.output !== undefined && { output: result.output }),
    status,
  };
}

function succeededOrNot({ status }: ExecutionResult): 'SUCCEEDED' | 'FAILED' {
  return status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
}

/** What recorded answers show of a Pass with Result, and of a Fail. */
function jsonPathData({ Type: type, Result: result }: JsonObject, data: InspectionData): void {
  if (type === 'Fail' && data.input !== undefined) data.afterInputPath ??= data.input;
  if (type === 'Pass' && result !== undefined) {
    delete data.afterInputPath;
    delete data.afterParameters;
    data.result = result;
  }
}

/** The API leaves out which state failed, and where in the history. */
function withoutPlace(cause: string): string {
  return cause.replace(
    /^An error occurred while executing the state '.*?' \(entered at the event id #\d+\)\. /s,
    '',
  );
}

function withRetries(context: JsonObject, retries: number): JsonObject {
  const state = isObject(context['State']) ? context['State'] : {};
  return { ...context, State: { RetryCount: retries, ...state } };
}

/** Whatever is read is the data of the test. */
function storeOf(data: string | undefined): ObjectStore | undefined {
  if (data === undefined) return undefined;
  const bytes = new TextEncoder().encode(data);
  return {
    getObject: async () => bytes,
    putObject: async () => undefined,
    listObjects: async () => [{ key: 'data', size: bytes.length, lastModified: 0, etag: '""' }],
  };
}
