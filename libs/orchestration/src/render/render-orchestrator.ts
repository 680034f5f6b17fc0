import type { Debug, InjectedDebug, StateMachineDefinition } from '@harmony/artifact';
import type { Issue } from '@harmony/contract';
import { OrchestrationError } from '../errors.ts';
import type { Orchestration } from '../orchestration.ts';
import type { RenderOptions } from './options.ts';
import { planOf } from './plan.ts';
import { renderPlan } from './render-plan.ts';

/**
 * Renders an orchestration as a Standard state machine. A pure function: the same arguments, the
 * same definition.
 *
 * @throws {OrchestrationError} `ORCHESTRATION_INVALID` when `debug` names no target
 */
export function renderOrchestrator(
  orchestration: Orchestration,
  options: RenderOptions,
): StateMachineDefinition {
  const plan = planOf(orchestration, options);
  const frame = { ...orchestration, payload: orchestration.document.payload };
  return renderPlan(plan, frame, resolveDebug(orchestration, options.debug));
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
