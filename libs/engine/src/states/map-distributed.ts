import type { CompiledMachine, CompiledState, Thread } from '../core/port.ts';
import { nextOf, stringField, type CompileContext } from '../compile/context.ts';
import type { JsonObject } from '../json.ts';
import { compileBatcher } from '../map-run/batcher.ts';
import { compileItemReader } from '../map-run/item-reader.ts';
import { MapItems, sectionOf } from '../map-run/map-items.ts';
import { MapRun } from '../map-run/map-run.ts';
import { compileResultWriter } from '../map-run/result-writer.ts';
import {
  compileConcurrency,
  compileItemsOrEntries,
  compileMapFlow,
  compileSelector,
  compileTolerance,
  mapState,
} from './map-fields.ts';

/** Map in Distributed mode: every item, or batch of items, is a child execution of a Map Run. */
export function compileDistributedMap(
  definition: JsonObject,
  processor: JsonObject,
  config: JsonObject,
  context: CompileContext,
): CompiledState {
  const type = config['ExecutionType'] === 'EXPRESS' ? 'EXPRESS' : 'STANDARD';
  const machine: CompiledMachine = {
    graph: context.graph(processor, type),
    timeoutSeconds: undefined,
  };
  const label = stringField(definition, 'Label');
  const reader = compileItemReader(definition, context);
  const batcher = compileBatcher(definition, context);
  const writer = compileResultWriter(definition, context);
  const items = compileItemsOrEntries(definition, context);
  const selector = compileSelector(definition, context);
  const concurrency = compileConcurrency(definition, context);
  const tolerance = compileTolerance(definition, context);
  const flow = compileMapFlow(definition, context);
  const next = nextOf(definition, context);

  const attempt = (thread: Thread): void => {
    const view = flow.view(thread);
    const value = reader === undefined ? items(thread, view) : undefined;
    const limit = concurrency(thread, view);
    const list = value && new MapItems([sectionOf(value, 'STATE_DATA')]);
    // With an ItemReader the length is not known yet. What else the state says is evaluated
    // only now, as recorded executions show; a failure still points before …Entered.
    const length = list?.length ?? 0;
    thread.emit('MapStateStarted', 'mapStateStartedEventDetails', { length });
    const readPlan = reader?.plan(thread, view);
    const run = new MapRun(thread, {
      machine,
      type,
      label,
      items: list,
      read:
        reader === undefined || readPlan === undefined
          ? undefined
          : () => reader.read(thread.execution.services.objectStore, readPlan),
      concurrency: limit,
      tolerated: tolerance(thread, view),
      batchPlan: batcher?.(thread, view),
      select: selector(thread, view),
      writer,
      destination: writer?.plan(thread, view),
      finish: (result) => flow.finish(thread, result, next),
    });
    thread.local = run;
    run.begin();
  };

  return mapState(definition, context, MapRun, attempt);
}
