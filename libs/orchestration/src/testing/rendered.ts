import { defineOrchestration } from '../define-orchestration.ts';
import type { OnTargetFailure } from '@harmony/artifact';
import { type Debug, STATE, type State, type StateMachineDefinition } from '@harmony/artifact';
import { renderOrchestrator } from '../render/render-orchestrator.ts';
import { target } from '../target.ts';
import type { Target } from '../target.ts';
import { billing, echo, payload, stateMachineArn } from './children.ts';

const targets: readonly Target[] = [
  target(billing, { id: 'actual', configuration: { thresholds: [80] }, delay: 60 }),
  target(billing, { id: 'forecast', configuration: { thresholds: [90] }, disableTarget: true }),
  target(echo, { id: 'echo', configuration: {}, keepOutput: true }),
];

/** An orchestrator of three targets (a delayed, a disabled and a plain one), or of `list`. */
export function render(
  options: {
    debug?: Debug;
    onTargetFailure?: OnTargetFailure;
    list?: readonly Target[];
  } = {},
): StateMachineDefinition {
  const { debug = {}, onTargetFailure = 'failAtEnd', list = targets } = options;
  // Types are tested elsewhere: a list of any targets is fed by no payload in particular.
  const spec = { name: 'review', payload, targets: list as [], onTargetFailure, maxConcurrency: 5 };
  return renderOrchestrator(defineOrchestration(spec), { debug, stateMachineArn });
}

export type Chart = { StartAt: string; States: Record<string, State> };

/** What *Run targets* does with each target. */
export function processor(definition: StateMachineDefinition): Chart {
  return definition.States[STATE.run]?.['ItemProcessor'] as Chart;
}

/** A state by its name, of the machine or of its Map. */
export function stateOf(definition: StateMachineDefinition, name: string): State {
  const found = definition.States[name] ?? processor(definition).States[name];
  if (found === undefined) throw new Error(`no state ${name}`);
  return found;
}
