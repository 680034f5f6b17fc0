import { Aws, type Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Debug, type Orchestration, renderOrchestrator } from '@harmony/orchestration';
import { Construct } from 'constructs';
import type { StageSettings, WorkflowProps } from './stage.ts';
import { executionsArn, standardStateMachine, stateMachineArn } from './state-machine.ts';

/**
 * The rule by which Step Functions learns that a child has ended:
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
const EVENTS_RULE = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';

export interface OrchestratorProps extends WorkflowProps {
  readonly orchestration: Orchestration;
  /** How long one run may take, all delays included. */
  readonly timeout: Duration;
}

/**
 * The state machine `<stage>-<orchestration>`, rendered from plain data.
 *
 * Its definition is literal text with `Fn::Join` for the children's ARNs only: neither `Fn::Sub`
 * nor DefinitionSubstitutions, so nothing in a target's configuration is ever evaluated. Children
 * are addressed by name, never by a reference, so their stacks deploy alone.
 *
 * @throws OrchestrationError when the stage's debug defaults name no target
 */
export class Orchestrator extends Construct {
  readonly stateMachineName: string;
  readonly stateMachineArn: string;

  constructor(scope: Construct, id: string, props: OrchestratorProps) {
    super(scope, id);
    const { stage, orchestration } = props;
    this.stateMachineName = `${stage.name}-${orchestration.name}`;
    const nameOf = (child: string) => `${stage.name}-${child}`;
    const children = [...new Set(orchestration.targets.map((target) => target.child))].sort();

    const definition = renderOrchestrator(orchestration, {
      debug: debugDefaults(stage, orchestration),
      stateMachineArn: (child) => stateMachineArn(this, nameOf(child)),
    });
    const { resource, role } = standardStateMachine(this, {
      stage,
      name: this.stateMachineName,
      definitionString: Stack.of(this).toJsonString({
        ...definition,
        TimeoutSeconds: props.timeout.toSeconds(),
      }),
      permissions: permissionsFor(this, children.map(nameOf)),
      metadata: { 'harmony:orchestration': orchestration.document },
    });
    this.stateMachineArn = resource.ref;

    Validations.of(resource).acknowledge({
      id: 'CloudFormation-Validate::E1029',
      reason:
        'A target configuration may hold the literal text ${…}; it must reach the child unchanged, so Fn::Sub is not used.',
    });
    for (const child of children) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${nameOf(child)}:*]`,
        reason:
          "Executions are named at run time; the pattern is all executions of this one child, and no sibling's.",
      });
    }
  }
}

function debugDefaults(stage: StageSettings, orchestration: Orchestration): Debug {
  const disabled = stage.disabledTargets?.[orchestration.name];
  if (disabled === undefined) return stage.debug;
  return { ...stage.debug, disable: [...(stage.debug.disable ?? []), ...disabled] };
}

/** What AWS documents for running and watching children with `.sync:2`, on these children only. */
function permissionsFor(scope: Construct, names: readonly string[]): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: names.map((name) => stateMachineArn(scope, name)),
      }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: names.map((name) => executionsArn(scope, name)),
      }),
      new PolicyStatement({
        actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        resources: [
          `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/${EVENTS_RULE}`,
        ],
      }),
    ],
  });
}
