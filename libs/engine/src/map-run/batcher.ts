import { EvaluationScope } from '../core/scope.ts';
import type { Thread } from '../core/port.ts';
import { compileJsonataField } from '../compile/flow-jsonata.ts';
import { compileTemplateField } from '../compile/flow-jsonpath.ts';
import { compileNumberField, fieldWording } from '../compile/number-field.ts';
import { inside, objectField, type CompileContext } from '../compile/context.ts';
import type { Json, JsonObject } from '../json.ts';
import { jsonBytes } from '../limits.ts';

/** Resolved for one run. */
export interface BatchPlan {
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Given to every batch beside its items. */
  readonly batchInput: Json | undefined;
}

export type Batcher = (thread: Thread, view: Json) => BatchPlan;

export function compileBatcher(
  definition: JsonObject,
  context: CompileContext,
): Batcher | undefined {
  const batcher = objectField(definition, 'ItemBatcher');
  if (batcher === undefined) return undefined;
  const own = inside(context, 'ItemBatcher');
  const wording = fieldWording({ kind: 'integer', outOfRange: () => undefined });
  const items = compileNumberField(batcher, 'MaxItemsPerBatch', own, wording);
  const bytes = compileNumberField(batcher, 'MaxInputBytesPerBatch', own, wording);
  const input =
    context.language === 'JSONata'
      ? compileJsonataField(batcher, 'BatchInput', context, 'ItemBatcher/')
      : compileTemplateField(batcher, 'BatchInput', own);
  return (thread, view) => {
    // 0 is no limit, as for MaxItems.
    const maxItems = items?.(thread, view) || Infinity;
    const maxBytes = bytes?.(thread, view) || Infinity;
    const batchInput = input?.evaluate(new EvaluationScope(thread, view));
    return { maxItems, maxBytes, batchInput };
  };
}

export interface Batch {
  readonly input: JsonObject;
  /** How many items it holds. */
  readonly size: number;
}

/**
 * Cuts the items into batches, each as large as the plan and the service's limit on a state's
 * input allow, and of one item at least.
 */
export function makeBatches(
  items: readonly Json[],
  plan: BatchPlan,
  serviceBytes: number,
): Batch[] {
  const base: JsonObject = plan.batchInput === undefined ? {} : { BatchInput: plan.batchInput };
  const limit = Math.min(plan.maxBytes, serviceBytes);
  const empty = jsonBytes({ ...base, Items: [] });
  const batches: Batch[] = [];
  let current: Json[] = [];
  let bytes = empty;
  const flush = (): void => {
    if (current.length === 0) return;
    batches.push({ input: { ...base, Items: current }, size: current.length });
    current = [];
    bytes = empty;
  };
  for (const item of items) {
    const size = jsonBytes(item) + 1;
    if (current.length >= plan.maxItems || bytes + size > limit) flush();
    current.push(item);
    bytes += size;
  }
  flush();
  return batches;
}
