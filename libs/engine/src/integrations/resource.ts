/** A Resource in parts, as history events name them. */
export interface TaskResource {
  /** `lambda`, `states`, `aws-sdk:s3`, …; undefined for a plain function or activity ARN. */
  readonly resourceType: string | undefined;
  /** `invoke`, `startExecution.sync:2`, …; the whole ARN where there is no type. */
  readonly resource: string;
  readonly pattern: 'request' | 'sync' | 'waitForTaskToken' | 'function' | 'activity';
  /** `states:startExecution` without the pattern. */
  readonly action: string;
}

const service =
  /^arn:[^:]*:states:[^:]*:[^:]*:(?<type>[^.]+):(?<name>[^:.]+)(?<pattern>\.sync(?::\d+)?|\.waitForTaskToken)?$/;
const activity = /^arn:[^:]*:states:[^:]+:\d+:activity:.+$/;

/** Takes a Resource apart; what is no service integration counts as a function. */
export function parseResource(text: string): TaskResource {
  if (activity.test(text)) {
    return { resourceType: undefined, resource: text, pattern: 'activity', action: text };
  }
  const groups = service.exec(text)?.groups;
  const type = groups?.['type'];
  const name = groups?.['name'];
  if (type === undefined || name === undefined) {
    return { resourceType: undefined, resource: text, pattern: 'function', action: text };
  }
  const suffix = groups?.['pattern'] ?? '';
  return {
    resourceType: type,
    resource: name + suffix,
    pattern: suffix.startsWith('.sync') ? 'sync' : suffix === '' ? 'request' : 'waitForTaskToken',
    action: `${type}:${name}`,
  };
}
