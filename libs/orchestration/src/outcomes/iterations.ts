import type { RenderedOrchestrator } from '@harmony/artifact';
import type { HistoryEvent } from './history.ts';
import { detailsOf } from './history.ts';

/** Events that lead out of the Map: what follows belongs to no target. */
const LEAVES_MAP = /^MapState(Succeeded|Failed|Aborted|Exited)$/;

/**
 * Splits a history by the targets' positions. Iterations run side by side, so their events are
 * mixed; each event leads back to its iteration's start by `previousEventId`.
 */
export function splitByIteration(
  events: readonly HistoryEvent[],
  orchestrator: RenderedOrchestrator,
): Map<number, HistoryEvent[]> {
  const startedIteration = iterationStarts(orchestrator);
  const iterationOf = new Map<number | undefined, number>();
  const byIteration = new Map<number, HistoryEvent[]>();
  for (const event of events) {
    const index = startedIteration(event) ?? iterationOf.get(event.previousEventId);
    if (index === undefined || LEAVES_MAP.test(event.type ?? '')) continue;
    iterationOf.set(event.id, index);
    const own = byIteration.get(index);
    if (own) own.push(event);
    else byIteration.set(index, [event]);
  }
  return byIteration;
}

/** The target whose iteration starts, ends or is stopped: these events carry Map and index. */
function iterationStarts({ targets, stateNamed }: RenderedOrchestrator) {
  // Each wave's Map takes its own targets, in the list's order.
  const waves = Map.groupBy(targets.keys(), (position) => targets[position]?.wave ?? 1);
  return (event: HistoryEvent): number | undefined => {
    if (event.type?.startsWith('MapIteration') !== true) return undefined;
    const { name, index } = detailsOf(event);
    const map = typeof name === 'string' ? stateNamed(name) : undefined;
    if (map?.role !== 'run' || typeof index !== 'number') return undefined;
    return waves.get(map.wave)?.[index];
  };
}
