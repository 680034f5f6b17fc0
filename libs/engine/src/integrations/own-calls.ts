import { failure } from '../core/failure.ts';
import type { BookedExecution } from '../core/execution-book.ts';
import type { StartedExecution } from '../core/running-execution.ts';
import type { TokenHolder } from '../core/task-tokens.ts';
import { isoTime } from '../core/time.ts';
import { EngineError } from '../engine-error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ExecutionResult } from '../types.ts';
import { getActivityTask } from './activity-call.ts';
import type { TaskCall } from './call.ts';
import { describeMapRun, listMapRuns } from './map-run-calls.ts';
import { optional, SfnError, text, type Answer, type Asked } from './sfn-api.ts';
import type { TaskResource } from './resource.ts';
import { inputOf, startNested, submissionOf } from './start-execution.ts';

type OwnCall = (call: TaskCall, answer: Answer) => void;

/**
 * The calls of Step Functions' own API that act on this engine's executions instead of going to
 * `runTask`: undefined for every other. Responses and errors are those of the AWS SDK integration
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html).
 */
export function ownCall({ action }: TaskResource): OwnCall | undefined {
  if (action === 'states:startExecution') return startOptimized;
  const name = /^aws-sdk:sfn:(\w+)$/.exec(action)?.[1];
  const act = name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (act === undefined) return undefined;
  return (call, answer) => {
    const parameters = isObject(call.input) ? call.input : {};
    try {
      act({ call, parameters, answer });
    } catch (thrown) {
      if (!(thrown instanceof SfnError)) throw thrown;
      const requestId = call.thread.execution.random.uuid();
      const cause = `${thrown.message} (Service: Sfn, Status Code: 400, Request ID: ${requestId})`;
      answer.failed(failure(`Sfn.${thrown.code}Exception`, cause));
    }
  };
}

/** Whether a definition makes calls about executions that may have ended. */
export function asksForExecutions(definition: JsonObject): boolean {
  return /:aws-sdk:sfn:(?:(?:describe|list|stop|redrive)Execution|(?:describe|list)MapRun)/.test(
    JSON.stringify(definition),
  );
}

const startOptimized: OwnCall = (call, answer) => {
  const child = startNested(call, {});
  if (child !== undefined) answer.ok(submissionOf(child));
};

const actions: { readonly [name: string]: (asked: Asked) => void } = {
  startExecution({ call, parameters, answer }) {
    const child = start(call, parameters);
    answer.ok({ ExecutionArn: child.arn, StartDate: isoTime(child.startDate) });
  },

  startSyncExecution({ call, parameters, answer }) {
    const { services } = call.thread.execution;
    const arn = text(parameters, 'StateMachineArn');
    if (services.machines.get(arn)?.type === 'STANDARD') {
      throw new SfnError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    const child = start(call, parameters, (result) => {
      answer.ok({
        BillingDetails: {
          BilledDurationInMilliseconds: billed(result.stopDate - result.startDate),
          BilledMemoryUsedInMB: 64,
        },
        ...(result.cause !== undefined && { Cause: result.cause }),
        ...(result.error !== undefined && { Error: result.error }),
        ExecutionArn: result.executionArn,
        Input: JSON.stringify(result.input),
        InputDetails: { Included: true },
        Name: result.name,
        ...(result.output !== undefined && {
          Output: JSON.stringify(result.output),
          OutputDetails: { Included: true },
        }),
        StartDate: isoTime(result.startDate),
        StateMachineArn: result.stateMachineArn,
        Status: result.status,
        StopDate: isoTime(result.stopDate),
      });
    });
    call.whenOver((why) => {
      if (why === 'aborted') child.stop();
    });
  },

  describeExecution({ call, parameters, answer }) {
    const execution = found(call, parameters);
    const { outcome } = execution;
    answer.ok({
      ...(outcome?.cause !== undefined && { Cause: outcome.cause }),
      ...(outcome?.error !== undefined && { Error: outcome.error }),
      Input: JSON.stringify(execution.input),
      InputDetails: { Included: true },
      ...(outcome?.output !== undefined && {
        Output: JSON.stringify(outcome.output),
        OutputDetails: { Included: true },
      }),
      ...summaryOf(execution),
    });
  },

  listExecutions({ call, parameters, answer }) {
    const { services } = call.thread.execution;
    const arn = text(parameters, 'StateMachineArn');
    const type = services.machines.get(arn)?.type;
    if (type === undefined) {
      throw new SfnError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    if (type === 'EXPRESS') {
      throw new SfnError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    const { StatusFilter: status, MaxResults: most, NextToken: token } = parameters;
    const all = services.executions
      .of(arn)
      .filter((execution) => status === undefined || execution.status === status);
    const from = typeof token === 'string' ? Number(token) : 0;
    const to = from + (typeof most === 'number' && most > 0 ? most : 100);
    answer.ok({
      Executions: all.slice(from, to).map(summaryOf),
      ...(to < all.length && { NextToken: String(to) }),
    });
  },

  stopExecution({ call, parameters, answer }) {
    const execution = found(call, parameters);
    const { Error: error, Cause: cause } = parameters;
    execution.stop(optional(error), optional(cause));
    const now = call.thread.execution.services.scheduler.now();
    answer.ok({ StopDate: isoTime(execution.outcome?.stopDate ?? now) });
  },

  redriveExecution({ call, parameters, answer }) {
    const execution = found(call, parameters);
    try {
      execution.redrive();
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      throw new SfnError(thrown.code, thrown.message);
    }
    answer.ok({ RedriveDate: isoTime(execution.redriveDate ?? 0) });
  },

  describeMapRun,
  listMapRuns,
  getActivityTask,

  sendTaskSuccess({ call, parameters, answer }) {
    const { holder, close } = tokenOf(call, parameters);
    const output = outputOf(parameters['Output']);
    close();
    holder.succeed(output);
    answer.ok({});
  },

  sendTaskFailure({ call, parameters, answer }) {
    const { holder, close } = tokenOf(call, parameters);
    close();
    holder.fail(failure(optional(parameters['Error']), optional(parameters['Cause'])));
    answer.ok({});
  },

  sendTaskHeartbeat({ call, parameters, answer }) {
    tokenOf(call, parameters).holder.heartbeat();
    answer.ok({});
  },
};

function start(
  call: TaskCall,
  parameters: JsonObject,
  onEnd?: (result: ExecutionResult) => void,
): StartedExecution {
  try {
    return call.thread.execution.services.startChild({
      stateMachineArn: text(parameters, 'StateMachineArn'),
      name: optional(parameters['Name']),
      input: inputOf(parameters['Input']),
      lineage: call.thread.execution.lineage,
      ...(onEnd !== undefined && { onEnd }),
    });
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    throw new SfnError(thrown.code, thrown.message);
  }
}

function found(call: TaskCall, parameters: JsonObject): BookedExecution {
  const arn = text(parameters, 'ExecutionArn');
  const execution = call.thread.execution.services.executions.get(arn);
  if (execution !== undefined) return execution;
  throw new SfnError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

function summaryOf(execution: BookedExecution): JsonObject {
  const { outcome } = execution;
  return {
    ExecutionArn: execution.arn,
    Name: execution.name,
    RedriveCount: execution.redriveCount,
    StartDate: isoTime(execution.startDate),
    StateMachineArn: execution.stateMachineArn,
    Status: execution.status,
    ...(outcome !== undefined && { StopDate: isoTime(outcome.stopDate) }),
  };
}

function tokenOf(
  call: TaskCall,
  parameters: JsonObject,
): { holder: TokenHolder; close: () => void } {
  const token = text(parameters, 'TaskToken');
  const { tokens } = call.thread.execution.services;
  const holder = tokens.get(token);
  if (holder !== undefined) return { holder, close: () => tokens.close(token) };
  // One that was given out is known by its form: it was answered, or its Task is over.
  if (/^[0-9a-f-]{72}$/.test(Buffer.from(token, 'base64').toString('latin1'))) {
    throw new SfnError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
  throw new SfnError('InvalidToken', "Invalid Token: 'Invalid token'");
}

/** JSON as text, as the API takes it; the integration makes text of anything else. */
function outputOf(output: Json | undefined): Json {
  if (typeof output !== 'string') return output ?? null;
  try {
    return JSON.parse(output) as Json;
  } catch {
    throw new SfnError('InvalidOutput', `Invalid Output: '${output.slice(0, 200)}'`);
  }
}

/** Express workflows are billed by 100 ms (Step Functions pricing). */
function billed(milliseconds: number): number {
  return Math.ceil(milliseconds / 100) * 100;
}
