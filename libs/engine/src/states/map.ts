import type { CompiledState, Thread } from '../core/port.ts';
import { nextOf, objectField, type CompileContext } from '../compile/context.ts';
import type { JsonObject } from '../json.ts';
import { compileDistributedMap } from './map-distributed.ts';
import {
  compileConcurrency,
  compileItems,
  compileMapFlow,
  compileSelector,
  mapState,
} from './map-fields.ts';
import { InlineMapRun } from './map-inline.ts';

/** Map: the same states for each item of an array, inline or as child executions. */
export function compileMap(definition: JsonObject, context: CompileContext): CompiledState {
  const processor = objectField(definition, 'ItemProcessor') ?? objectField(definition, 'Iterator');
  if (processor === undefined) throw new Error(`Map '${context.name}' has no ItemProcessor`);
  const config = objectField(processor, 'ProcessorConfig');
  if (config !== undefined && config['Mode'] === 'DISTRIBUTED') {
    return compileDistributedMap(definition, processor, config, context);
  }
  const graph = context.graph(processor);
  const selector = compileSelector(definition, context);
  const items = compileItems(definition, context);
  const concurrency = compileConcurrency(definition, context);
  const flow = compileMapFlow(definition, context);
  const next = nextOf(definition, context);
  const attempt = (thread: Thread): void => {
    const view = flow.view(thread);
    const run = new InlineMapRun(thread, {
      graph,
      items: items(thread, view),
      concurrency: concurrency(thread, view),
      select: selector(thread, view),
      finish: (results) => flow.finish(thread, results, next),
    });
    thread.local = run;
    run.begin();
  };
  return mapState(definition, context, InlineMapRun, attempt);
}
