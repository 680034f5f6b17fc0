import { EvaluationScope } from '../core/scope.ts';
import type { Thread } from '../core/thread.ts';
import { StatesError } from '../errors.ts';
import { compileFlow } from '../compile/flow.ts';
import { compileHandlers } from '../compile/catchers.ts';
import { compileJsonataField } from '../compile/flow-jsonata.ts';
import { compileTemplateField } from '../compile/flow-jsonpath.ts';
import { bare, compileNumberField, fieldWording } from '../compile/number-field.ts';
import { nextOf, objectField, stringField, type CompileContext } from '../compile/context.ts';
import type { CompiledState } from '../compile/machine.ts';
import { unexpectedType } from '../expressions/jsonata.ts';
import { compilePath } from '../expressions/jsonpath.ts';
import type { MaybePromise, Scope } from '../expressions/types.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { compileDistributedMap } from './map-distributed.ts';
import { InlineMapRun } from './map-inline.ts';

/** Evaluates what one item's iteration gets; `scope` sees the item as context.Map.Item. */
export type ItemSelector = (scope: Scope) => MaybePromise<Json>;

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
    thread.whenReady(items(thread, view), (list) =>
      thread.whenReady(concurrency(thread, view), (limit) => {
        const run = new InlineMapRun(thread, {
          graph,
          items: list,
          concurrency: limit,
          select:
            selector === undefined
              ? undefined
              : (mapContext) => selector(new ItemScope(thread, view, mapContext)),
          finish: (results) => flow.finish(thread, results, next),
        });
        thread.local = run;
        run.begin();
      }),
    );
  };
  return {
    ...mapState(definition, context),
    enter: attempt,
    retry: attempt,
    redrive(thread) {
      if (!(thread.local instanceof InlineMapRun && thread.local.redrive())) attempt(thread);
    },
    aborted(thread, recorded) {
      if (thread.local instanceof InlineMapRun) thread.local.abort(recorded);
    },
    waiting: (thread) => (thread.local instanceof InlineMapRun ? thread.local.waiting() : []),
  };
}

/** What both kinds of Map have in common. */
export function mapState(
  definition: JsonObject,
  context: CompileContext,
): Omit<CompiledState, 'enter' | 'retry' | 'redrive' | 'aborted' | 'waiting'> {
  return {
    name: context.name,
    enteredEvent: 'MapStateEntered',
    exitedEvent: 'MapStateExited',
    failedEvent: 'MapStateFailed',
    abortedEvent: 'MapStateAborted',
    handlers: compileHandlers(definition, context),
    retryable: true,
  };
}

/** A Map's Parameters are the old name of ItemSelector: no part of how its input is made. */
export function compileMapFlow(
  definition: JsonObject,
  context: CompileContext,
): ReturnType<typeof compileFlow> {
  const rest = { ...definition };
  delete rest['Parameters'];
  return compileFlow(rest, context);
}

export function compileSelector(
  definition: JsonObject,
  context: CompileContext,
): ItemSelector | undefined {
  const field = definition['ItemSelector'] === undefined ? 'Parameters' : 'ItemSelector';
  if (context.language === 'JSONata') {
    const template = compileJsonataField(definition, 'ItemSelector', context);
    return template === undefined ? undefined : (scope) => template.evaluate(scope);
  }
  const template = compileTemplateField(definition, field, context);
  return template === undefined ? undefined : (scope) => template.evaluate(scope);
}

export type Items = (thread: Thread, view: Json) => MaybePromise<Json[]>;

/**
 * ItemsPath, or Items; by default the whole input.
 * @param objects whether an object's entries may be the items (Distributed)
 */
export function compileItems(
  definition: JsonObject,
  context: CompileContext,
  { objects = false }: { objects?: boolean } = {},
): Items {
  if (context.language === 'JSONata') {
    const template = compileJsonataField(definition, 'Items', context);
    const text = template?.expression ?? '$states.input';
    const check = (value: Json): Json[] => {
      if (Array.isArray(value)) return value;
      if (objects && isObject(value)) return entriesOf(value);
      throw unexpectedType(text, 'Items', 'array', value);
    };
    return (thread) => {
      if (template === undefined) return check(thread.input);
      const value = template.evaluate(new EvaluationScope(thread, thread.input));
      return value instanceof Promise ? value.then(check) : check(value);
    };
  }
  const text = stringField(definition, 'ItemsPath') ?? '$';
  const path = compilePath(text, context.where('ItemsPath'));
  return (thread, view) => {
    const value = path.evaluate(new EvaluationScope(thread, view));
    if (Array.isArray(value)) return value;
    throw new StatesError('States.Runtime', `Reference path "${text}" must point to array.`);
  };
}

function entriesOf(object: JsonObject): Json[] {
  return Object.entries(object).map(([Key, Value]) => ({ Key, Value }));
}

/** MaxConcurrency: 0 is "as many as possible". */
export function compileConcurrency(
  definition: JsonObject,
  context: CompileContext,
): (thread: Thread, view: Json) => MaybePromise<number> {
  const field = compileNumberField(
    definition,
    'MaxConcurrency',
    context,
    fieldWording({
      kind: 'integer',
      outOfRange: (value) =>
        value < 0
          ? `Expected non-negative integer for MaxConcurrency, got '${bare(value)}' instead.`
          : undefined,
    }),
  );
  return field ?? (() => 0);
}

/** An evaluation in the Map state's own scope that sees one item in the context object. */
export class ItemScope extends EvaluationScope {
  readonly #mapContext: JsonObject;
  readonly #outer: Thread;

  constructor(thread: Thread, input: Json, mapContext: JsonObject) {
    super(thread, input);
    this.#outer = thread;
    this.#mapContext = mapContext;
  }

  override get context(): Json {
    return { ...(this.#outer.context as JsonObject), Map: this.#mapContext };
  }
}
