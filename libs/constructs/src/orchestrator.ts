import { Annotations, Aws, type Duration, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Debug, METADATA } from '@harmony/artifact';
import { deployedDocument, type Orchestration, renderOrchestrator } from '@harmony/orchestration';
import { budgetOf } from '@harmony/orchestration/budget';
import { Construct } from 'constructs';
import { ConstructError } from './errors.ts';
import { DeploymentRecord } from './deployment-record.ts';
import { literalDefinition } from './literal-definition.ts';
import type { StageSettings, WorkflowProps } from './stage.ts';
import { executionsArn, standardStateMachine, stateMachineArn } from './state-machine.ts';

/**
 * The rule by which Step Functions learns that a child has ended:
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
const EVENTS_RULE = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';

export interface OrchestratorProps extends WorkflowProps {
  readonly orchestration: Orchestration;
  /** How long one run may take, all delays included; the orchestration's own unless told. */
  readonly timeout?: Duration;
}

/**
 * The state machine `<stage>-<orchestration>`, rendered from plain data.
 *
 * Its definition is literal text with `Fn::Join` for the children's ARNs only: neither `Fn::Sub`
 * nor DefinitionSubstitutions, so nothing in a target's configuration is ever evaluated. Children
 * are addressed by name, never by a reference, so their stacks deploy alone.
 *
 * @throws ConstructError `BUDGET_EXCEEDED`, saying which list or result is to blame
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

    const definition = literalDefinition((arnOf) => {
      const rendered = renderOrchestrator(orchestration, {
        debug: debugDefaults(stage, orchestration),
        stateMachineArn: arnOf,
      });
      const TimeoutSeconds = props.timeout?.toSeconds() ?? rendered.TimeoutSeconds;
      return { ...rendered, TimeoutSeconds };
    }, nameOf);
    keepWithinBudget(this, props, definition.bytes);
    const { resource, role } = standardStateMachine(this, {
      stage,
      name: this.stateMachineName,
      definitionString: definition.text,
      permissions: permissionsFor(this, children.map(nameOf)),
      metadata: { [METADATA.orchestration]: orchestration.document },
    });
    this.stateMachineArn = resource.ref;
    new DeploymentRecord(this, 'DeploymentRecord', {
      stage,
      kind: 'orchestrator',
      name: orchestration.name,
      hash: orchestration.document.hash,
      document: deployedDocument(orchestration),
      stateMachine: resource,
    });

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

/** Bytes of a template beside the definition: role, logs, metadata. */
const REST_OF_TEMPLATE = 16_000;

/** A longest ARN: what the budget counts where the real one is known at deployment only. */
const longArn = (name: string) =>
  `arn:aws-us-gov:states:ap-southeast-2:123456789012:stateMachine:${name}`;

/** Refuses what would fail when deployed or run, and warns of what soon will. */
function keepWithinBudget(
  scope: Construct,
  { stage, orchestration }: OrchestratorProps,
  definitionBytes: number,
): void {
  const outputs = new Map(
    orchestration.targets.map(({ child, contract }) => [child, contract.document.output]),
  );
  const { findings } = budgetOf({
    definition: renderOrchestrator(orchestration, {
      debug: debugDefaults(stage, orchestration),
      stateMachineArn: (child) => longArn(`${stage.name}-${child}`),
    }),
    payload: orchestration.document.payload,
    outputOf: (child) => outputs.get(child),
    templateBytes: definitionBytes + REST_OF_TEMPLATE,
  });
  const errors = findings.filter(({ severity }) => severity === 'ERROR');
  if (errors.length > 0) {
    const lines = errors.map(({ message }) => `  ${message}`);
    throw new ConstructError(
      'BUDGET_EXCEEDED',
      `The orchestration ${orchestration.name} exceeds its budget in stage ${stage.name}:\n${lines.join('\n')}`,
    );
  }
  findings.forEach(({ code, message }, index) => {
    // Two states may be near the same limit, and CDK shows one warning for each id.
    Annotations.of(scope).addWarningV2(`harmony:budget:${code}:${index}`, message);
  });
}

function debugDefaults(stage: StageSettings, orchestration: Orchestration): Debug {
  const disabled = stage.disabledTargets?.[orchestration.name];
  if (disabled === undefined) return stage.debug;
  return { ...stage.debug, disable: [...(stage.debug.disable ?? []), ...disabled] };
}

/** What AWS documents for running and watching children with `.sync:2`, on these children only. */
function permissionsFor(scope: Construct, names: readonly string[]): PolicyDocument {
  const onChildren = [
    new PolicyStatement({
      actions: ['states:StartExecution'],
      resources: names.map((name) => stateMachineArn(scope, name)),
    }),
    new PolicyStatement({
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: names.map((name) => executionsArn(scope, name)),
    }),
  ];
  return new PolicyDocument({
    statements: [
      // A statement must name a resource, and an orchestration may have no target yet.
      ...(names.length > 0 ? onChildren : []),
      new PolicyStatement({
        actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        resources: [
          `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/${EVENTS_RULE}`,
        ],
      }),
    ],
  });
}
