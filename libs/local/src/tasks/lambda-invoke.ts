import { TaskFailure } from '@harmony/engine';
import type { Json, JsonObject, TaskRequest } from '@harmony/engine';
import type { FunctionResult, Integration } from './integration.ts';
import { isObject } from '@harmony/schema';
import { functionNotFound } from './function-not-found.ts';

const KNOWN_FIELDS = new Set(['FunctionName', 'Payload', 'InvocationType', 'Qualifier']);

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
    if (typeof name !== 'string') {
      throw new TaskFailure('States.Runtime', 'FunctionName must be the name or ARN of a function');
    }
    for (const [field, value] of Object.entries(input)) {
      const plain = field !== 'InvocationType' || value === 'RequestResponse';
      if (KNOWN_FIELDS.has(field) && plain) continue;
      throw new TaskFailure(
        'Harmony.NotSupported',
        `The state ${JSON.stringify(request.stateName)} invokes a function with ${field} ${JSON.stringify(value)}, which a local run does not emulate. Mock the state.`,
      );
    }
    const fn = services.findFunction(name);
    if (fn === undefined || (qualifier !== undefined && qualifier !== '$LATEST')) {
      throw functionNotFound(name);
    }
    return invokeResponse(await services.invokeFunction(fn, payload, request), request);
  },
};

/** The envelope, key for key as Step Functions gives it. */
function invokeResponse(result: FunctionResult, request: TaskRequest): JsonObject {
  const traceId = `root=1-00000000-${result.requestId.replaceAll('-', '').slice(0, 24)};sampled=0`;
  const headers: Record<string, string> = {
    'X-Amz-Executed-Version': '$LATEST',
    'x-amzn-Remapped-Content-Length': '0',
    Connection: 'keep-alive',
    'x-amzn-RequestId': result.requestId,
    'Content-Length': String(result.payloadBytes),
    Date: httpDate(request),
    'X-Amzn-Trace-Id': traceId,
    'Content-Type': 'application/json',
  };
  const all = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]]));
  return {
    ExecutedVersion: '$LATEST',
    Payload: result.payload,
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: result.requestId },
    StatusCode: 200,
  };
}

/** On the run's clock, so that the same run gives the same result. */
function httpDate(request: TaskRequest): string {
  const state = request.context.State;
  const entered = isObject(state) ? state.EnteredTime : undefined;
  return new Date(typeof entered === 'string' ? entered : 0).toUTCString();
}
