import { ArnFormat, Aws, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  type CfnPolicy,
  Policy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { StageSettings } from './stage.ts';

export interface StandardStateMachineProps {
  readonly stage: StageSettings;
  /** The whole name, stage prefix included. */
  readonly name: string;
  /** Amazon States Language as JSON text; CDK tokens in it become `Fn::Join`. */
  readonly definitionString: string;
  readonly definitionSubstitutions?: Readonly<Record<string, string>>;
  /** What the machine may do, beyond writing its own logs and traces. */
  readonly permissions: PolicyDocument;
  /** Resource metadata: contract, orchestration, mocks. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface StandardStateMachine {
  readonly resource: CfnStateMachine;
  readonly role: Role;
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
    inlinePolicies: { Permissions: props.permissions },
  });
  const telemetry = telemetryPolicy(scope, role);
  const logGroup = new LogGroup(scope, 'Logs', {
    // Under this prefix CloudWatch needs no resource policy that grows with each log group:
    // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
    logGroupName: `/aws/vendedlogs/states/${name}`,
    retention: stage.logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
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
    tracingConfiguration: { enabled: true },
  });
  // Creating a state machine checks that its role may deliver logs, so the policy comes first.
  resource.addResourceDependency(telemetry);
  for (const [key, value] of Object.entries(props.metadata)) resource.addMetadata(key, value);
  return { resource, role };
}

function telemetryPolicy(scope: Construct, role: Role): CfnPolicy {
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
        new PolicyStatement({
          actions: [
            'xray:PutTraceSegments',
            'xray:PutTelemetryRecords',
            'xray:GetSamplingRules',
            'xray:GetSamplingTargets',
          ],
          resources: ['*'],
        }),
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

/** The ARN of a state machine of this account and region, by name: no reference between stacks. */
export function stateMachineArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/**
 * The ARN pattern of all executions of a state machine. The colon before the `*` keeps a sibling
 * whose name starts alike out of it.
 */
export function executionsArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${name}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
