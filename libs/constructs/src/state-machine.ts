import { ArnFormat, Aws, Stack, Validations } from 'aws-cdk-lib/core';
import {
  type CfnManagedPolicy,
  type CfnPolicy,
  ManagedPolicy,
  Policy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct, IConstruct } from 'constructs';
import { encryptionOf, keyOfLogs, keyStatements } from './stage/encryption.ts';
import { removalPolicyOf } from './stage/retention.ts';
import type { StageSettings } from './stage/settings.ts';

export interface StandardStateMachineProps {
  readonly stage: StageSettings;
  /** The whole name, stage prefix included. */
  readonly name: string;
  /** Amazon States Language as JSON text; CDK tokens in it become `Fn::Join`. */
  readonly definitionString: string;
  readonly definitionSubstitutions?: Readonly<Record<string, string>>;
  /** What the machine may do, beyond writing its own logs and traces, inline in its role. */
  readonly permissions: PolicyDocument;
  /** What it may do that has outgrown an inline policy: each document a managed policy. */
  readonly managedPermissions?: readonly PolicyDocument[];
  /** The names of the state machines whose executions it waits for. */
  readonly starts?: readonly string[];
  /** Resource metadata: contract, orchestration, mocks. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface StandardStateMachine {
  readonly resource: CfnStateMachine;
  readonly role: Role;
  /** The constructs whose policies say what it may do. */
  readonly policies: readonly IConstruct[];
}

/**
 * A Standard state machine with a role, a log group and tracing of its own.
 *
 * The L1 resource is used because CDK's L2 writes permissions and substitutions of its own. What
 * the machine may do is inline in its role; the log delivery and X-Ray actions, for which AWS
 * accepts no ARN, are a policy apart, so that acknowledging their `*` acknowledges no other.
 */
export function standardStateMachine(
  scope: Construct,
  props: StandardStateMachineProps,
): StandardStateMachine {
  const { stage, name } = props;
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: props.permissions.isEmpty ? {} : { Permissions: props.permissions },
  });
  const managed = (props.managedPermissions ?? []).map(
    (document, index) =>
      new ManagedPolicy(scope, `Permissions ${index + 1}`, { document, roles: [role] }),
  );
  const key = keyPolicy(scope, role, props);
  const telemetry = telemetryPolicy(scope, role, stage);
  const logGroup = new LogGroup(scope, 'Logs', {
    // Under this prefix CloudWatch needs no resource policy that grows with each log group:
    // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
    logGroupName: `/aws/vendedlogs/states/${name}`,
    retention: stage.logRetention,
    removalPolicy: removalPolicyOf(stage),
    encryptionKey: keyOfLogs(scope, stage),
  });
  const resource = new CfnStateMachine(scope, 'StateMachine', {
    stateMachineName: name,
    stateMachineType: 'STANDARD',
    roleArn: role.roleArn,
    definitionString: props.definitionString,
    definitionSubstitutions: props.definitionSubstitutions,
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: stage.includeExecutionData,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
    },
    tracingConfiguration: { enabled: stage.tracing !== false },
    encryptionConfiguration: encryptionOf(stage),
  });
  // Creating a state machine checks that its role may deliver logs, so the policy comes first.
  resource.addResourceDependency(telemetry);
  if (key !== undefined) resource.addResourceDependency(key);
  // A first run must not find it without its permissions.
  for (const policy of managed) {
    resource.addResourceDependency(policy.node.defaultChild as CfnManagedPolicy);
  }
  for (const [key, value] of Object.entries(props.metadata)) resource.addMetadata(key, value);
  return { resource, role, policies: [role, ...managed] };
}

function telemetryPolicy(
  scope: Construct,
  role: Role,
  { tracing = true }: StageSettings,
): CfnPolicy {
  const policy = new Policy(scope, 'Telemetry', {
    roles: [role],
    document: new PolicyDocument({
      statements: [
        new PolicyStatement({
          actions: [
            'logs:CreateLogDelivery',
            'logs:GetLogDelivery',
            'logs:UpdateLogDelivery',
            'logs:DeleteLogDelivery',
            'logs:ListLogDeliveries',
            'logs:PutResourcePolicy',
            'logs:DescribeResourcePolicies',
            'logs:DescribeLogGroups',
          ],
          resources: ['*'],
        }),
        ...(tracing ? [tracesStatement()] : []),
      ],
    }),
  });
  Validations.of(policy).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'CloudWatch Logs delivery and X-Ray actions accept no resource ARN (Step Functions Developer Guide, cw-logs and xray-iam).',
  });
  return policy.node.defaultChild as CfnPolicy;
}

/**
 * State machines whose executions a role may decrypt by name. Of more, their ARNs would not fit in
 * beside what starts them; then it is the stage's, whose executions it may read no more for that.
 */
const MOST_NAMED = 10;

/** Apart from the permissions: those of a child may be added to after its state machine is made. */
function keyPolicy(
  scope: Construct,
  role: Role,
  { stage, name, permissions, starts = [] }: StandardStateMachineProps,
): CfnPolicy | undefined {
  if (stage.kmsKeyArn === undefined) return undefined;
  const read = starts.length > MOST_NAMED ? [`${stage.name}-*`] : starts;
  const machines = [name, ...read].map((machine) => stateMachineArn(scope, machine));
  const policy = new Policy(scope, 'Encryption', {
    roles: [role],
    statements: keyStatements(stage, machines, actionsIn(permissions)),
  });
  return policy.node.defaultChild as CfnPolicy;
}

function actionsIn(document: PolicyDocument): readonly string[] {
  const { Statement = [] } = (document.toJSON() ?? {}) as {
    Statement?: readonly { readonly Action?: string | readonly string[] }[];
  };
  return Statement.flatMap(({ Action = [] }) => Action);
}

function tracesStatement(): PolicyStatement {
  return new PolicyStatement({
    actions: [
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
    ],
    resources: ['*'],
  });
}

/** The ARN of a state machine of this account and region, by name: no reference between stacks. */
function stateMachineArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
