import type { Place } from '@harmony/artifact';
import { INLINE_CHARACTERS, MANAGED_CHARACTERS } from './iam-limits.ts';
import type { Statement } from './pack.ts';
import { packStatements, policyCharacters } from './pack.ts';

/**
 * The rule by which Step Functions learns that a child has ended:
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
const EVENTS_RULE = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';

/** What a role has beside: logs, traces, a key. In characters. */
const REST_OF_ROLE = 2_048;

/** The longest that there is: what is within a quota with it is so everywhere. */
export const LONGEST_PLACE: Place = {
  partition: 'aws-us-gov',
  region: 'ap-southeast-2',
  account: '123456789012',
};

/** The policies of an orchestrator's role, and whether they still fit into it as inline ones. */
export interface StartPolicies {
  readonly inline: boolean;
  readonly policies: readonly (readonly Statement[])[];
  /** Of all policies together. */
  readonly characters: number;
}

/**
 * What AWS documents for running and watching children with `.sync:2`, on these state machines
 * only. Inline as long as a role holds that, in managed policies above.
 *
 * @param machines names of state machines, stage prefix included
 * @param place for the ARNs; sizes are counted with the longest there is
 */
export function startPolicies(machines: readonly string[], place: Place): StartPolicies {
  const counted = statementsFor(machines, LONGEST_PLACE);
  const characters = policyCharacters(counted);
  const inline = characters + REST_OF_ROLE <= INLINE_CHARACTERS;
  if (inline) return { inline, characters, policies: [statementsFor(machines, place)] };
  const packed = packStatements(counted, MANAGED_CHARACTERS);
  // Divided by the longest ARNs, then written with the real ones.
  const real = statementsFor(machines, place).flatMap(({ resources }) => resources);
  const written = new Map(
    counted.flatMap(({ resources }) => resources).map((longest, index) => [longest, real[index]]),
  );
  return {
    inline,
    characters: packed.reduce((sum, policy) => sum + policyCharacters(policy), 0),
    policies: packed.map((policy) =>
      policy.map(({ actions, resources }) => ({
        actions,
        resources: resources.map((resource) => written.get(resource) ?? resource),
      })),
    ),
  };
}

function statementsFor(
  machines: readonly string[],
  { partition, region, account }: Place,
): readonly Statement[] {
  const arn = (service: string, rest: string) =>
    `arn:${partition}:${service}:${region}:${account}:${rest}`;
  return [
    // A statement must name a resource, and an orchestration may have no target yet.
    ...(machines.length === 0
      ? []
      : [
          {
            actions: ['states:StartExecution'],
            resources: machines.map((name) => arn('states', `stateMachine:${name}`)),
          },
          {
            actions: ['states:DescribeExecution', 'states:StopExecution'],
            // The colon before the `*` keeps a sibling whose name starts alike out.
            resources: machines.map((name) => arn('states', `execution:${name}:*`)),
          },
        ]),
    {
      actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      resources: [arn('events', `rule/${EVENTS_RULE}`)],
    },
  ];
}
