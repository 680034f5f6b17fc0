import { baseName, STATE, waveIn } from '../render/definition.ts';
import type { HistoryEvent } from './history.ts';
import { detailsOf } from './history.ts';

/** Events that lead out of the Map: what follows belongs to no target. */
const LEAVES_MAP = /^MapState(Succeeded|Failed|Aborted|Exited)$/;

/** Which target an iteration belongs to: its wave's Map and its place in it. */
export type TargetAt = (wave: number, index: number) => number | undefined;

/**
 * Splits a history by the targets' positions. Iterations run side by side, so their events are
 * mixed; each event leads back to its iteration's start by `previousEventId`.
 */
export function splitByIteration(
  events: readonly HistoryEvent[],
  targetAt: TargetAt,
): Map<number, HistoryEvent[]> {
  const iterationOf = new Map<number | undefined, number>();
  const byIteration = new Map<number, HistoryEvent[]>();
  for (const event of events) {
    const index = startedIteration(event, targetAt) ?? iterationOf.get(event.previousEventId);
    if (index === undefined || LEAVES_MAP.test(event.type ?? '')) continue;
    iterationOf.set(event.id, index);
    const own = byIteration.get(index);
    if (own) own.push(event);
    else byIteration.set(index, [event]);
  }
  return byIteration;
}

/** The target whose iteration starts, ends or is stopped: these events carry Map and index. */
function startedIteration(event: HistoryEvent, targetAt: TargetAt): number | undefined {
  if (event.type?.startsWith('MapIteration') !== true) return undefined;
  const { name, index } = detailsOf(event);
  if (typeof name !== 'string' || baseName(name) !== STATE.run) return undefined;
  return typeof index === 'number' ? targetAt(waveIn(name), index) : undefined;
}
