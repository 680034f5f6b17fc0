import { Annotations, Aws, type Duration, Validations } from 'aws-cdk-lib/core';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Debug, METADATA } from '@harmony/artifact';
import { formatIssue } from '@harmony/contract';
import {
  deployedDocument,
  environmentOf,
  type Orchestration,
  refusedInStage,
  renderOrchestrator,
} from '@harmony/orchestration';
import { budgetOf } from '@harmony/orchestration/budget';
import { LONGEST_PLACE, startPolicies } from '@harmony/orchestration/permissions';
import { Construct, type IConstruct } from 'constructs';
import { ConstructError } from './errors.ts';
import { DeploymentRecord } from './deployment-record.ts';
import { literalDefinition } from './literal-definition.ts';
import type { StageSettings, WorkflowProps } from './stage/settings.ts';
import { standardStateMachine } from './state-machine.ts';

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

    checkStageValues(props);

    const definition = literalDefinition((unresolved) => {
      const debug = debugDefaults(stage, orchestration);
      const rendered = renderOrchestrator(orchestration, { debug, ...unresolved });
      const TimeoutSeconds = props.timeout?.toSeconds() ?? rendered.TimeoutSeconds;
      return { ...rendered, TimeoutSeconds };
    }, stage.name);
    keepWithinBudget(this, props, definition.bytes);
    const machines = children.map(nameOf);
    const { resource, policies } = standardStateMachine(this, {
      stage,
      name: this.stateMachineName,
      definitionString: definition.text,
      ...permissionsFor(machines),
      starts: machines,
      metadata: { [METADATA.orchestration]: orchestration.document },
    });
    this.stateMachineArn = resource.ref;
    new DeploymentRecord(this, 'DeploymentRecord', {
      stage,
      kind: 'orchestrator',
      name: orchestration.name,
      hash: orchestration.document.hash,
      document: deployedDocument(orchestration, environmentOf(stage.name, stage.env)),
      stateMachine: resource,
    });

    Validations.of(resource).acknowledge({
      id: 'CloudFormation-Validate::E1029',
      reason:
        'A target configuration may hold the literal text ${…}; it must reach the child unchanged, so Fn::Sub is not used.',
    });
    for (const policy of policies) acknowledgeExecutions(policy, machines);
  }
}

function acknowledgeExecutions(policy: IConstruct, machines: readonly string[]): void {
  for (const name of machines) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*]`,
      reason:
        "Executions are named at run time; the pattern is all executions of this one child, and no sibling's.",
    });
  }
}

/** What the stage puts into configurations, held to the contracts of those who take it. */
function checkStageValues({ stage, orchestration }: OrchestratorProps): void {
  const issues = refusedInStage(orchestration, environmentOf(stage.name, stage.env));
  if (issues.length === 0) return;
  const advice =
    stage.env?.account === undefined || stage.env.region === undefined
      ? ` It names no ${stage.env?.account === undefined ? 'account' : 'region'}, so a stand-in was tried: give the stage env.`
      : '';
  const lines = issues.map((issue) => `  ${formatIssue(issue)}`);
  throw new ConstructError(
    'STAGE_VALUE_REFUSED',
    `What the stage ${stage.name} puts into the orchestration ${orchestration.name} is refused by its children.${advice}\n${lines.join('\n')}`,
  );
}

/** Bytes of a template beside the definition: role, logs, metadata. */
const REST_OF_TEMPLATE = 16_000;

/** A longest ARN: what the budget counts where the real one is known at deployment only. */
const longArn = (name: string) =>
  `arn:${LONGEST_PLACE.partition}:states:${LONGEST_PLACE.region}:${LONGEST_PLACE.account}:stateMachine:${name}`;

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
      environment: { name: stage.name, ...LONGEST_PLACE },
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

/** The policies as CDK has them; what starts no longer fits in line is in managed ones. */
function permissionsFor(names: readonly string[]): {
  readonly permissions: PolicyDocument;
  readonly managedPermissions: readonly PolicyDocument[];
} {
  const { inline, policies } = startPolicies(names, {
    partition: Aws.PARTITION,
    region: Aws.REGION,
    account: Aws.ACCOUNT_ID,
  });
  const documents = policies.map(
    (statements) =>
      new PolicyDocument({
        statements: statements.map(
          ({ actions, resources }) =>
            new PolicyStatement({ actions: [...actions], resources: [...resources] }),
        ),
      }),
  );
  const [permissions = new PolicyDocument()] = documents;
  return inline
    ? { permissions, managedPermissions: [] }
    : { permissions: new PolicyDocument(), managedPermissions: documents };
}
