import type { StateMachine } from '../model.ts';
import { isObject, objectAt } from '../read/json-file.ts';

/** A target as the rendered definition has it. */
export interface RenderedTarget {
  readonly id: string;
  readonly child: string;
  readonly stateMachineArn: string;
  /** `null` where a reference puts its value in. */
  readonly configuration: unknown;
  /** The path in the payload of the moment it waits for. */
  readonly delayUntil?: string;
  /** The name of its condition among the definition's. */
  readonly when?: string;
  /** Seconds that one attempt may take. */
  readonly timeout?: number;
  /** The number of its retry policy; 0 where it is missing. */
  readonly retry?: number;
  /** The Map it runs in; 1 where it is missing. */
  readonly wave?: number;
  readonly dependsOn?: readonly string[];
  readonly references?: readonly RenderedReference[];
  /** Pointers into its output that others refer to. */
  readonly provides?: readonly string[];
}

/** What a target sends to its child, in a definition or in the record of one that is deployed. */
export type SentTarget = Pick<
  RenderedTarget,
  'id' | 'child' | 'configuration' | 'dependsOn' | 'references' | 'provides'
>;

/** The value at pointer `from` in a target's output goes into the configuration, at pointer `at`. */
export interface RenderedReference {
  readonly at: string;
  readonly target: string;
  readonly from: string;
}

/** The Pass state whose literal `Result` holds the targets (design: "The orchestrator"). */
const INJECT_TARGETS = 'Inject targets';

/**
 * The targets that an orchestrator's definition will run; `undefined` when it does not hold a
 * target list as rendered definitions do.
 */
export function renderedTargets(
  orchestrator: Pick<StateMachine, 'definition'>,
): RenderedTarget[] | undefined {
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
