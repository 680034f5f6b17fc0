import type { RunnableFunction } from './runnable.ts';

export interface EnvironmentFacts {
  readonly region: string;
  readonly logStreamName: string;
  /** Where services really answer, and the dummies to call them with. */
  readonly endpoints?: Readonly<Record<string, string>> | undefined;
}

/** Lambda sets these itself, so CloudFormation refuses them; a value would be somebody's credentials. */
const CREDENTIALS = new Set([
  ...['AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_KEY'],
  ...['AWS_SECURITY_TOKEN', 'AWS_SESSION_TOKEN'],
]);

/**
 * The whole environment of a function's process: the function's own variables and those that Lambda
 * reserves, which win. Nothing of the host's environment gets in, and there are no credentials
 * but the dummies of local endpoints: a handler that calls AWS fails at once instead of reaching an account. Not Lambda's own is
 * AWS_EC2_METADATA_DISABLED: a laptop may be an instance, whose credentials the SDK would ask for.
 * Source: AWS Lambda developer guide, "Defined runtime environment variables".
 */
export function environmentVariables(
  fn: RunnableFunction,
  facts: EnvironmentFacts,
): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    NODE_PATH: '/opt/nodejs/node_modules:/var/runtime/node_modules',
    ...Object.fromEntries(
      Object.entries(fn.environment).filter(([name]) => !CREDENTIALS.has(name)),
    ),
    TZ: ':UTC',
    AWS_DEFAULT_REGION: facts.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(fn),
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStreamName,
    AWS_REGION: facts.region,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: fn.assetPath,
    _HANDLER: fn.handler,
    ...facts.endpoints,
  };
}

/** Lambda's default group; the assembly's model does not carry another. */
export function logGroupName(fn: RunnableFunction): string {
  return `/aws/lambda/${fn.name}`;
}
