import type { StateMachine } from '../model.ts';
import { isObject, objectAt } from '../read/json-file.ts';

/** A target as the rendered definition has it. */
export interface RenderedTarget {
  readonly id: string;
  readonly child: string;
  readonly stateMachineArn: string;
  readonly configuration: unknown;
}

/** The Pass state whose literal `Result` holds the targets (design: "The orchestrator"). */
const INJECT_TARGETS = 'Inject targets';

/**
 * The targets that an orchestrator's definition will run; `undefined` when it does not hold a
 * target list as rendered definitions do.
 */
export function renderedTargets(orchestrator: StateMachine): RenderedTarget[] | undefined {
  const state = objectAt(objectAt(orchestrator.definition, 'States'), INJECT_TARGETS);
  const targets = objectAt(state, 'Result').targets;
  if (!Array.isArray(targets) || !targets.every(isRenderedTarget)) return undefined;
  return targets;
}

function isRenderedTarget(value: unknown): value is RenderedTarget {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.child === 'string' &&
    typeof value.stateMachineArn === 'string' &&
    'configuration' in value
  );
}
