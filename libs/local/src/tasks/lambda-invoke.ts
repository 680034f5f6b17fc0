import { TaskFailure } from '@harmony/engine';
import type { Json, JsonObject, TaskRequest } from '@harmony/engine';
import type { Integration } from './integration.ts';
import { isObject } from '@harmony/schema';
import { NotRunHere } from './not-run-here.ts';

const KNOWN_FIELDS = new Set([
  ...['FunctionName', 'Payload', 'InvocationType', 'Qualifier', 'ClientContext', 'LogType'],
]);

/**
 * The optimised integration, whose result is the Invoke API's response with the payload parsed.
 * Source: AWS Step Functions developer guide, "Invoke an AWS Lambda function with Step Functions".
 */
export const lambdaInvoke: Integration = {
  matches: (resource) =>
    /^arn:aws[\w-]*:states:[\w-]*:\d*:lambda:invoke(\.waitForTaskToken)?$/.test(resource),

  async run(request, services): Promise<Json> {
    const input = isObject(request.input) ? request.input : {};
    const { FunctionName: name, Payload: payload = {}, Qualifier: qualifier } = input;
    const { InvocationType: type = 'RequestResponse' } = input;
    if (typeof name !== 'string') {
      throw new TaskFailure('States.Runtime', 'FunctionName must be the name or ARN of a function');
    }
    const unknown = Object.keys(input).find((field) => !KNOWN_FIELDS.has(field));
    if (unknown !== undefined) {
      throw new NotRunHere(`a local run does not emulate the field ${unknown} of Invoke`);
    }
    const { fn, version } = services.findFunction(
      name,
      typeof qualifier === 'string' ? qualifier : undefined,
    );
    switch (type) {
      case 'RequestResponse': {
        const { payload: value, ...rest } = await services.invokeFunction(fn, payload, request);
        return response({ ...rest, status: 200, version, payload: value }, request);
      }
      // Lambda takes the event and answers at once; the function runs on its own.
      case 'Event':
        services.invokeLater(fn, payload, request);
        return empty(202);
      case 'DryRun':
        return empty(204);
      default:
        throw new TaskFailure(
          'Lambda.InvalidParameterValueException',
          `InvocationType ${JSON.stringify(type)} is none of RequestResponse, Event, DryRun`,
        );
    }

    function empty(status: number): JsonObject {
      const requestId = services.requestId(request);
      return response({ status, version, payload: '', payloadBytes: 0, requestId }, request);
    }
  },
};

interface InvokeAnswer {
  readonly status: number;
  readonly version: string;
  readonly payload: Json;
  readonly payloadBytes: number;
  readonly requestId: string;
}

/** The envelope, key for key as Step Functions gives it; only a call that waits says a version. */
function response(answer: InvokeAnswer, request: TaskRequest): JsonObject {
  const { requestId, status, payload, payloadBytes } = answer;
  const traceId = `root=1-00000000-${requestId.replaceAll('-', '').slice(0, 24)};sampled=0`;
  const version = status === 200 ? answer.version : undefined;
  const headers: Record<string, string> = {
    ...(version === undefined ? {} : { 'X-Amz-Executed-Version': version }),
    'x-amzn-Remapped-Content-Length': '0',
    Connection: 'keep-alive',
    'x-amzn-RequestId': requestId,
    'Content-Length': String(payloadBytes),
    Date: httpDate(request),
    'X-Amzn-Trace-Id': traceId,
    'Content-Type': 'application/json',
  };
  const all = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]]));
  return {
    ...(version === undefined ? {} : { ExecutedVersion: version }),
    Payload: payload,
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: status },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: status,
  };
}

/** On the run's clock, so that the same run gives the same result. */
function httpDate(request: TaskRequest): string {
  const state = request.context.State;
  const entered = isObject(state) ? state.EnteredTime : undefined;
  return new Date(typeof entered === 'string' ? entered : 0).toUTCString();
}
