import {
  FORMAT,
  INJECTED,
  type Injected,
  type InjectedDebug,
  STATE,
  type State,
  type StateMachineDefinition,
} from '@harmony/artifact';
import type { JsonSchema } from '@harmony/schema';
import type { Orchestration } from '../orchestration.ts';
import { gateStates } from './gate.ts';
import type { Plan } from './plan.ts';
import { waveStates } from './run-targets.ts';
import { summaryStates } from './summary.ts';

/** What of an orchestration is no target of its own. */
export interface Frame extends Pick<
  Orchestration,
  'name' | 'maxConcurrency' | 'onTargetFailure' | 'timeout'
> {
  /** The schema that a run's payload is held to before anything starts; any where it is missing. */
  readonly payload?: JsonSchema;
}

/**
 * The state machine of a plan.
 *
 * The targets are literals in a JSONPath Pass, whose `Result` nothing evaluates; every other
 * state is JSONata and reads them as data. So a configuration may hold any text: `{% … %}`,
 * `$.x`, `${Foo}`, a key that ends in `.$`.
 */
export function renderPlan(plan: Plan, frame: Frame, debug: InjectedDebug): StateMachineDefinition {
  const { name, onTargetFailure, timeout } = frame;
  const injected: Injected = { format: FORMAT, targets: plan.entries, debug };
  return {
    Comment: `Orchestrator ${name}: starts ${plan.entries.length} targets. Rendered, do not edit.`,
    QueryLanguage: 'JSONPath',
    TimeoutSeconds: timeout,
    StartAt: STATE.inject,
    States: {
      [STATE.inject]: injectState(injected),
      ...gateStates(plan, frame.payload ?? true),
      ...waveStates(plan, frame),
      ...summaryStates(onTargetFailure),
    },
  };
}

function injectState(injected: Injected): State {
  return {
    Type: 'Pass',
    QueryLanguage: 'JSONPath',
    Result: injected,
    ResultPath: `$.${INJECTED}`,
    Next: STATE.checkDebug,
  };
}
