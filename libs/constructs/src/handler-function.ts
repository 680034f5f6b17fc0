import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AssetHashType, type Duration, Validations } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ConstructError } from './errors.ts';
import { keyOfLogs } from './stage/encryption.ts';
import { removalPolicyOf } from './stage/retention.ts';
import type { StageSettings } from './stage/settings.ts';

/** Lambda's limit on a function's name: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const FUNCTION_NAME_LIMIT = 64;

/**
 * The handlers of a child, by file name without `.ts`, sorted: each file directly in
 * `src/handlers` that is neither a test nor a declaration.
 *
 * @throws ConstructError `HANDLERS_MISSING`
 */
export function handlersOf(root: string): string[] {
  const folder = join(root, 'src', 'handlers');
  const handlers = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /(?<!\.test|\.d)\.ts$/.test(file))
        .map((file) => file.slice(0, -'.ts'.length))
        .sort()
    : [];
  if (handlers.length === 0) {
    throw new ConstructError(
      'HANDLERS_MISSING',
      `${folder} holds no handler: a child workflow has at least check-input.ts.`,
    );
  }
  return handlers;
}

/** `check-input` → `CheckInput`: how a handler is named in the ASL's substitutions. */
export function substitutionName(handler: string): string {
  return handler
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

export interface HandlerFunctionProps {
  readonly stage: StageSettings;
  readonly child: string;
  readonly handler: string;
  /** The child's folder; the bundle is in its `dist/<handler>`. */
  readonly root: string;
  readonly timeout: Duration;
  readonly memorySize: number;
}

/** One handler's Lambda function, with a role and a log group that serve nothing else. */
export class HandlerFunction extends Construct {
  readonly functionArn: string;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const { stage, child, handler, root } = props;
    const functionName = `${stage.name}-${child}-${handler}`;
    if (functionName.length > FUNCTION_NAME_LIMIT) {
      throw new ConstructError(
        'NAME_TOO_LONG',
        `Function name ${functionName} has ${functionName.length} characters; Lambda allows ${FUNCTION_NAME_LIMIT}. Shorten src/handlers/${handler}.ts.`,
      );
    }
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logRetention,
      removalPolicy: removalPolicyOf(stage),
      encryptionKey: keyOfLogs(this, stage),
    });
    const role = functionRole(this, logGroup, stage.tracing !== false);
    const lambda = new Function(this, 'Function', {
      functionName,
      code: codeOf(bundleOf(root, child, handler)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memorySize,
      tracing: stage.tracing === false ? Tracing.DISABLED : Tracing.ACTIVE,
      logGroup,
      // The role is complete; CDK would add its own X-Ray statement in a second policy.
      role: role.withoutPolicyUpdates(),
      environment: { POWERTOOLS_SERVICE_NAME: child },
    });
    this.functionArn = lambda.functionArn;
  }
}

function bundleOf(root: string, child: string, handler: string): string {
  const bundle = join(root, 'dist', handler);
  if (!existsSync(join(bundle, 'index.mjs'))) {
    throw new ConstructError(
      'BUNDLE_MISSING',
      `${join(bundle, 'index.mjs')} does not exist: bundle the handlers first, with  npx nx build ${child}`,
    );
  }
  return bundle;
}

/**
 * The bundle with its source map. The map does not count for what is deployed: a comment that moves
 * lines makes no new version of a function that runs the same code.
 */
function codeOf(bundle: string): Code {
  const hash = createHash('sha256');
  const files = readdirSync(bundle, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  for (const file of files) hash.update(`${relative(bundle, file)}\0`).update(readFileSync(file));
  return Code.fromAsset(bundle, {
    assetHashType: AssetHashType.CUSTOM,
    assetHash: hash.digest('hex'),
  });
}

function functionRole(scope: Construct, logGroup: LogGroup, tracing: boolean): Role {
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      Logs: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [logGroup.logGroupArn],
          }),
        ],
      }),
      ...(tracing ? { Traces: tracesPolicy() } : {}),
    },
  });
  if (!tracing) return role;
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      "X-Ray's write actions accept no resource ARN (Service Authorization Reference, AWS X-Ray).",
  });
  return role;
}

function tracesPolicy(): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
        resources: ['*'],
      }),
    ],
  });
}
