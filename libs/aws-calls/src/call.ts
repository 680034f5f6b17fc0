/** One call of AWS that a Task makes. */
export interface AwsCall {
  /** As Step Functions spells it in a Resource: `costexplorer`, `sfn`, `lambda`. */
  readonly service: string;
  /** `getCostAndUsage`, `invoke`. */
  readonly action: string;
  /** An optimised integration has a shape of its own; `aws-sdk` is the API as it is. */
  readonly integration: 'optimised' | 'aws-sdk';
  /** What Step Functions does after the call was answered. */
  readonly waits: 'no' | 'sync' | 'waitForTaskToken';
  /** By the function's own ARN: what it takes and gives is the function's business. */
  readonly isDirect?: true;
  /** `sync:2` answers a child's output as JSON, where `sync` answers it as a text. */
  readonly isJson?: true;
}

/** Public definitions name a region and an account, and a partition that a template fills in, too. */
const RESOURCE =
  /^arn:(?:\$\{[^}]*\}|[^:]*):states:(?:\$\{[^}]*\}|[^:]*):(?:\$\{[^}]*\}|[^:]*):(?!activity:)(?:(aws-sdk):)?([A-Za-z0-9-]+):([A-Za-z0-9]+)(?:\.(sync(?::\d)?|waitForTaskToken))?$/;

/** A function's ARN in place of a Resource: the oldest way to call Lambda. */
const FUNCTION = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:/;

/**
 * The call that a Task's `Resource` makes; undefined for an activity and for what is no call.
 * https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
 */
export function readResource(resource: string): AwsCall | undefined {
  if (FUNCTION.test(resource)) {
    return {
      ...{ service: 'lambda', action: 'invoke', integration: 'optimised', waits: 'no' },
      isDirect: true,
    };
  }
  const [, sdk, service, action, pattern] = RESOURCE.exec(resource) ?? [];
  if (service === undefined || action === undefined) return undefined;
  return {
    service,
    action,
    integration: sdk === undefined ? 'optimised' : 'aws-sdk',
    waits:
      pattern === undefined ? 'no' : pattern === 'waitForTaskToken' ? 'waitForTaskToken' : 'sync',
    ...(pattern === 'sync:2' ? { isJson: true as const } : {}),
  };
}
