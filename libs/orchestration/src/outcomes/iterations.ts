import { STATE } from '../render/definition.ts';
import type { HistoryEvent } from './history.ts';
import { detailsOf } from './history.ts';

/** Events that lead out of the Map: what follows belongs to no target. */
const LEAVES_MAP = /^MapState(Succeeded|Failed|Aborted|Exited)$/;

/**
 * Splits a history by the targets' positions. Iterations run side by side, so their events are
 * mixed; each event leads back to its iteration's start by `previousEventId`.
 */
export function splitByIteration(events: readonly HistoryEvent[]): Map<number, HistoryEvent[]> {
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

/** The index of an iteration that starts, ends or is stopped: these events carry it. */
function startedIteration(event: HistoryEvent): number | undefined {
  if (event.type?.startsWith('MapIteration') !== true) return undefined;
  const { name, index } = detailsOf(event);
  return name === STATE.run && typeof index === 'number' ? index : undefined;
}
