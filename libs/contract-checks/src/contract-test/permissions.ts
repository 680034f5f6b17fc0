import type { PolicyStatement, StateMachine } from '@harmony/assembly';

/** A permission in excess or missing; `path` is always the orchestrator's role. */
export interface PermissionFinding {
  readonly code: 'PERMISSION_MISSING' | 'PERMISSION_EXCESSIVE';
  readonly reason: string;
}

const EVENTS_RULE = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';

/**
 * Compares an orchestrator's role with what AWS documents for running and watching its children
 * (https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html): start each
 * child, describe and stop its executions, keep the one events rule. Actions of Step Functions and
 * EventBridge beyond that are too many; what the role may do with other services is not judged.
 */
export function checkPermissions(
  orchestrator: StateMachine,
  childArns: readonly string[],
): PermissionFinding[] {
  const needed = neededPermissions(orchestrator, childArns);
  return [...missing(orchestrator, needed), ...excessive(orchestrator, needed)];
}

/** By action, the resources it is needed on. */
type Needed = ReadonlyMap<string, readonly string[]>;

function neededPermissions(orchestrator: StateMachine, childArns: readonly string[]): Needed {
  const executions = childArns.map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`);
  // arn:aws:states:us-east-1:123456789012:stateMachine:name
  const [, partition, , region, account] = orchestrator.arn.split(':');
  const rule = [`arn:${partition}:events:${region}:${account}:rule/${EVENTS_RULE}`];
  return new Map([
    ['states:StartExecution', childArns],
    ['states:DescribeExecution', executions],
    ['states:StopExecution', executions],
    ['events:PutTargets', rule],
    ['events:PutRule', rule],
    ['events:DescribeRule', rule],
  ]);
}

function missing({ policies }: StateMachine, needed: Needed): PermissionFinding[] {
  return [...needed].flatMap(([action, resources]) =>
    resources
      .filter((resource) => !isAllowed(policies, action, resource))
      .map((resource) => ({
        code: 'PERMISSION_MISSING' as const,
        reason: `may not ${action} on ${resource}`,
      })),
  );
}

/** Conditions are not evaluated: an Allow under one does not count, a Deny under one does. */
function isAllowed(
  policies: readonly PolicyStatement[],
  action: string,
  resource: string,
): boolean {
  const applies = (statement: PolicyStatement) =>
    coversAction(statement, action) && coversResource(statement, resource);
  return (
    policies.some(
      (statement) => statement.effect === 'Allow' && !statement.conditional && applies(statement),
    ) && !policies.some((statement) => statement.effect === 'Deny' && applies(statement))
  );
}

function coversAction({ actions, notActions }: PolicyStatement, action: string): boolean {
  return actions.length > 0
    ? actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()))
    : notActions.length > 0 &&
        !notActions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
}

function coversResource({ resources, notResources }: PolicyStatement, resource: string): boolean {
  return resources.length > 0
    ? resources.some((pattern) => matches(pattern, resource))
    : notResources.length > 0 && !notResources.some((pattern) => matches(pattern, resource));
}

/** IAM's wildcards: `*` any text, `?` any one character. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}

function excessive(
  { policies, foreignPolicies }: StateMachine,
  needed: Needed,
): PermissionFinding[] {
  const reasons = foreignPolicies.map(
    (arn) => `has the policy ${arn}, whose statements are not in the assembly`,
  );
  for (const statement of policies) {
    if (statement.effect === 'Deny') continue;
    if (statement.notActions.length > 0 || statement.notResources.length > 0) {
      reasons.push(
        'has a statement with NotAction or NotResource, which allows all but what it names',
      );
      continue;
    }
    for (const action of statement.actions.filter(isJudged)) {
      const allowed = needed.get(canonical(action, needed));
      if (allowed === undefined) {
        reasons.push(
          `may ${action}, which starting, describing and stopping its children does not need`,
        );
        continue;
      }
      for (const resource of statement.resources) {
        if (!allowed.includes(resource)) {
          reasons.push(`may ${action} on ${resource}, which is no target's child`);
        }
      }
    }
  }
  return reasons.map((reason) => ({ code: 'PERMISSION_EXCESSIVE', reason }));
}

/** Whether an action, or a pattern of actions, reaches into Step Functions or EventBridge. */
function isJudged(action: string): boolean {
  const [service = ''] = action.toLowerCase().split(':');
  return matches(service, 'states') || matches(service, 'events');
}

/** IAM ignores the case of actions. */
function canonical(action: string, needed: Needed): string {
  return [...needed.keys()].find((key) => key.toLowerCase() === action.toLowerCase()) ?? action;
}
