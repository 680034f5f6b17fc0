import type { Json, JsonObject } from '../json.ts';
import { makeBatches, type BatchPlan } from './batcher.ts';
import type { MapItems } from './map-items.ts';

/** What one child execution is started with. */
export interface Unit {
  readonly index: number;
  /** How many items it stands for. */
  readonly size: number;
  readonly input: Json;
  readonly mapContext: JsonObject;
}

/** What a Map Run starts children for: items, or batches of them. */
export interface Units {
  readonly count: number;
  readonly at: (index: number) => Unit;
}

/** A child for each item; what an ItemSelector makes of it is for when the child starts. */
export function singleUnits(items: MapItems): Units {
  const at = (index: number): Unit => ({
    index,
    size: 1,
    input: items.at(index),
    mapContext: items.contextOf(index),
  });
  return { count: items.length, at };
}

/** A child for each batch: these need what the ItemSelector makes of every item at once. */
export function batchUnits(
  items: MapItems,
  how: {
    readonly select: ((mapContext: JsonObject) => Json) | undefined;
    readonly batchPlan: BatchPlan;
    readonly stateDataBytes: number;
  },
): Units {
  const { select, batchPlan, stateDataBytes } = how;
  const inputs = Array.from(
    { length: items.length },
    (_, index) => select?.(items.contextOf(index)) ?? items.at(index),
  );
  const batches = makeBatches(inputs, batchPlan, stateDataBytes);
  const at = (index: number): Unit => {
    const { size, input } = batches[index] as (typeof batches)[number];
    const mapContext = { Item: { Index: index, Value: input['Items'] ?? [] } };
    return { index, size, input, mapContext };
  };
  return { count: batches.length, at };
}
