import { failure } from '../core/failure.ts';
import type { StartedExecution } from '../core/running-execution.ts';
import { EngineError } from '../engine-error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ExecutionResult } from '../types.ts';
import type { TaskCall } from './call.ts';
import type { TaskResource } from './resource.ts';

export function isStartExecution(of: TaskResource): boolean {
  return of.action === 'states:startExecution';
}

/**
 * Starts the state machine that the parameters name, inside this engine.
 * @returns undefined when it could not: the call has failed then
 */
export function startNested(
  call: TaskCall,
  options: { onEnd?: (result: ExecutionResult) => void },
): StartedExecution | undefined {
  const parameters: JsonObject = isObject(call.input) ? call.input : {};
  const arn = parameters['StateMachineArn'];
  const name = parameters['Name'];
  const { services } = call.thread.execution;
  try {
    return services.startChild({
      stateMachineArn: typeof arn === 'string' ? arn : '',
      name: typeof name === 'string' ? name : undefined,
      input: inputOf(parameters['Input']),
      lineage: call.thread.execution.lineage,
      ...(options.onEnd !== undefined && { onEnd: options.onEnd }),
    });
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    const requestId = call.thread.execution.random.uuid();
    call.fail(
      failure(
        `StepFunctions.${thrown.code}Exception`,
        `${thrown.message} (Service: AWSStepFunctions; Status Code: 400; Error Code: ${thrown.code}; Request ID: ${requestId}; Proxy: null)`,
      ),
    );
    return undefined;
  }
}

/** No Input means the empty object; text is the JSON that the API takes. */
export function inputOf(input: Json | undefined): Json {
  if (input === undefined || input === null) return {};
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input) as Json;
  } catch {
    throw new EngineError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${input.slice(0, 200)}' is not valid JSON`,
    );
  }
}

/** StartExecution's own response, with the metadata that Step Functions leaves in. */
export function submissionOf(child: StartedExecution): Json {
  const requestId = child.random.uuid();
  const date = new Date(child.startDate).toUTCString();
  const length = String(JSON.stringify({ executionArn: child.arn, startDate: 0 }).length + 13);
  const type = 'application/x-amz-json-1.0';
  return {
    ExecutionArn: child.arn,
    SdkHttpMetadata: {
      AllHttpHeaders: {
        'x-amzn-RequestId': [requestId],
        connection: ['keep-alive'],
        'Content-Length': [length],
        Date: [date],
        'Content-Type': [type],
      },
      HttpHeaders: {
        connection: 'keep-alive',
        'Content-Length': length,
        'Content-Type': type,
        Date: date,
        'x-amzn-RequestId': requestId,
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StartDate: child.startDate / 1000,
  };
}

/**
 * What `.sync` answers once the child is over: DescribeExecution with its keys in order.
 * @param asJson `.sync:2`: Input and Output as JSON, not as text
 */
export function envelopeOf(result: ExecutionResult, asJson: boolean): JsonObject {
  const value = (json: Json): Json => (asJson ? json : JSON.stringify(json));
  return {
    ...(result.cause !== undefined && { Cause: result.cause }),
    ...(result.error !== undefined && { Error: result.error }),
    ExecutionArn: result.executionArn,
    Input: value(result.input),
    InputDetails: { Included: true },
    Name: result.name,
    ...(result.output !== undefined && {
      Output: value(result.output),
      OutputDetails: { Included: true },
    }),
    StartDate: result.startDate,
    StateMachineArn: result.stateMachineArn,
    Status: result.status,
    StopDate: result.stopDate,
  };
}
