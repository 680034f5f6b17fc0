import {
  type Debug,
  FORMAT,
  INJECTED,
  type Injected,
  type InjectedDebug,
  STATE,
  type State,
  type StateMachineDefinition,
} from '@harmony/artifact';
import type { Issue } from '@harmony/contract';
import { OrchestrationError } from '../errors.ts';
import type { Orchestration } from '../orchestration.ts';
import { gateStates } from './gate.ts';
import type { RenderOptions } from './options.ts';
import { planOf } from './plan.ts';
import { waveStates } from './run-targets.ts';
import { summaryStates } from './summary.ts';

/**
 * Renders an orchestration as a Standard state machine. A pure function: the same arguments, the
 * same definition.
 *
 * The targets are literals in a JSONPath Pass, whose `Result` nothing evaluates; every other
 * state is JSONata and reads them as data. So a configuration may hold any text: `{% … %}`,
 * `$.x`, `${Foo}`, a key that ends in `.$`.
 *
 * @throws {OrchestrationError} `ORCHESTRATION_INVALID` when `debug` names no target
 */
export function renderOrchestrator(
  orchestration: Orchestration,
  options: RenderOptions,
): StateMachineDefinition {
  const { name, targets, onTargetFailure } = orchestration;
  const plan = planOf(orchestration, options);
  const injected: Injected = {
    format: FORMAT,
    targets: plan.entries,
    debug: resolveDebug(orchestration, options.debug),
  };
  return {
    Comment: `Orchestrator ${name}: starts ${targets.length} targets. Rendered, do not edit.`,
    QueryLanguage: 'JSONPath',
    TimeoutSeconds: orchestration.timeout,
    StartAt: STATE.inject,
    States: {
      [STATE.inject]: injectState(injected),
      ...gateStates(plan),
      ...waveStates(plan, orchestration),
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

function resolveDebug(orchestration: Orchestration, debug: Debug): InjectedDebug {
  const { skipDelays = false, only = null, disable = [] } = debug;
  const known = new Set(orchestration.targets.map(({ id }) => id));
  const issues = [...(only ?? []).map(named('only')), ...disable.map(named('disable'))].filter(
    ({ id }) => !known.has(id),
  );
  if (issues.length > 0) {
    const list = [...known].join(', ');
    throw new OrchestrationError(
      'ORCHESTRATION_INVALID',
      `The orchestration "${orchestration.name}" cannot be rendered:`,
      issues.map(({ id, path }): Issue => ({
        path,
        message: `"${id}" names no target (targets: ${list})`,
      })),
    );
  }
  return { skipDelays, only, disable };
}

function named(key: 'only' | 'disable') {
  return (id: string, index: number) => ({ id, path: `debug.${key}[${index}]` });
}
