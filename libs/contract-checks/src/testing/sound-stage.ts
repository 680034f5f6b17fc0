import type { TargetEntry } from '@harmony/artifact';
import {
  childTemplate,
  orchestratorTemplate,
  payloadSchema,
  type StageTemplates,
  type Template,
} from '@harmony/assembly/testing';
import { renderPlan } from '@harmony/orchestration';

type FixtureTarget = Omit<TargetEntry, 'stateMachineArn'>;

const USUAL: readonly FixtureTarget[] = [
  { id: 'one', child: 'alpha', configuration: { limit: 1 } },
  { id: 'two', child: 'alpha', configuration: { limit: 2, tags: ['${AWS::Region}', '${Foo}'] } },
  { id: 'three', child: 'beta', configuration: { limit: 3 } },
];

/** The template of an orchestrator with these targets, whether or not they could be defined. */
export function reviewTemplate(
  stage: string,
  targets: readonly FixtureTarget[] = USUAL,
  plan: Partial<Parameters<typeof renderPlan>[0]> = {},
  timeout = 3600,
): Template {
  const name = 'review';
  const onTargetFailure = 'failAtEnd';
  const definition = renderPlan(
    {
      entries: targets.map((target) => ({
        ...target,
        stateMachineArn: `@@${stage}-${target.child}@@`,
      })),
      ...{ policies: [[]], conditions: new Map(), moments: [], waves: 1, ...plan },
    },
    { name, maxConcurrency: 0, onTargetFailure, timeout },
    { skipDelays: false, only: null, disable: [] },
  );
  return orchestratorTemplate(stage, {
    definition,
    document: {
      ...{ name, onTargetFailure, timeout, hash: 'h', maxConcurrency: 0 },
      ...{ payload: payloadSchema(), configuration: {}, output: {} },
    },
    children: [...new Set(targets.map(({ child }) => `${stage}-${child}`))],
  });
}

/** A stage with two children and an orchestrator that fits them. */
export function soundStage(stage: string): StageTemplates {
  return {
    alpha: childTemplate(stage, 'alpha'),
    beta: childTemplate(stage, 'beta'),
    review: reviewTemplate(stage),
  };
}
