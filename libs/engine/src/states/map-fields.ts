import { compileRetryAndCatch } from '../compile/retry-and-catch.ts';
import { stringField, type CompileContext } from '../compile/context.ts';
import { compileFlow } from '../compile/compile-flow.ts';
import { compileJsonataField } from '../compile/flow-jsonata.ts';
import { compileTemplateField } from '../compile/flow-jsonpath.ts';
import type { CompiledState, Thread } from '../core/port.ts';
import { bare, compileNumberField, fieldWording } from '../compile/number-field.ts';
import { EvaluationScope } from '../core/scope.ts';
import { StatesError } from '../errors.ts';
import { unexpectedType } from '../expressions/jsonata.ts';
import { compilePath } from '../expressions/jsonpath.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Tolerance } from '../map-run/tolerance.ts';

/** Makes what one item's iteration, or child execution, is started with. */
export type ItemSelector = (mapContext: JsonObject) => Json;

/** What a Map's attempt left in `Thread.local`. */
interface MapProgress {
  /** @returns false when there is nothing to redrive, so that the state itself must run again */
  redrive(): boolean;
  abort(recorded: boolean): void;
  waiting(): string[];
}

/** A Map of either kind: `attempt` begins a run of class `Run` and keeps it in `Thread.local`. */
export function mapState(
  definition: JsonObject,
  context: CompileContext,
  Run: abstract new (...args: never[]) => MapProgress,
  attempt: (thread: Thread) => void,
): CompiledState {
  const runOf = ({ local }: Thread): MapProgress | undefined =>
    local instanceof Run ? local : undefined;
  return {
    name: context.name,
    enteredEvent: 'MapStateEntered',
    exitedEvent: 'MapStateExited',
    failedEvent: 'MapStateFailed',
    abortedEvent: 'MapStateAborted',
    retryAndCatch: compileRetryAndCatch(definition, context),
    retryable: true,
    enter: attempt,
    retry: attempt,
    redrive(thread) {
      if (runOf(thread)?.redrive() !== true) attempt(thread);
    },
    aborted: (thread, recorded) => runOf(thread)?.abort(recorded),
    waiting: (thread) => runOf(thread)?.waiting() ?? [],
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

/**
 * ItemSelector, in JSONPath also Parameters. It is evaluated in the Map state's own scope, where
 * the context object holds one item.
 * @returns undefined where the item itself is the input
 */
export function compileSelector(
  definition: JsonObject,
  context: CompileContext,
): (thread: Thread, view: Json) => ItemSelector | undefined {
  const field = definition['ItemSelector'] === undefined ? 'Parameters' : 'ItemSelector';
  const template =
    context.language === 'JSONata'
      ? compileJsonataField(definition, 'ItemSelector', context)
      : compileTemplateField(definition, field, context);
  if (template === undefined) return () => undefined;
  return (thread, view) => (mapContext) =>
    template.evaluate(new ItemScope(thread, view, mapContext));
}

/** ItemsPath, or Items; by default the whole input. */
export function compileItems(
  definition: JsonObject,
  context: CompileContext,
): (thread: Thread, view: Json) => Json[] {
  return compileMapped(definition, context, (value): value is Json[] => Array.isArray(value));
}

/** The same for a Distributed Map, which maps over an object's entries too. */
export function compileItemsOrEntries(
  definition: JsonObject,
  context: CompileContext,
): (thread: Thread, view: Json) => Json[] | JsonObject {
  return compileMapped(
    definition,
    context,
    (value): value is Json[] | JsonObject => Array.isArray(value) || isObject(value),
  );
}

function compileMapped<T extends Json>(
  definition: JsonObject,
  context: CompileContext,
  mappable: (value: Json) => value is T,
): (thread: Thread, view: Json) => T {
  if (context.language === 'JSONata') {
    const template = compileJsonataField(definition, 'Items', context);
    if (template === undefined) {
      return ({ input }) => {
        if (mappable(input)) return input;
        const cause = `Map state input must be an array but was: ${JSON.stringify(input)}`;
        throw new StatesError('States.QueryEvaluationError', cause);
      };
    }
    const check = (value: Json): T => {
      if (mappable(value)) return value;
      throw unexpectedType(template.expression ?? '', 'Items', 'array', value);
    };
    return (thread) => {
      return check(template.evaluate(new EvaluationScope(thread, thread.input)));
    };
  }
  const written = stringField(definition, 'ItemsPath');
  const text = written ?? '$';
  const where = context.where('ItemsPath');
  const path = compilePath(text, written === undefined ? { ...where, reached: undefined } : where);
  return (thread, view) => {
    const value = path.evaluate(new EvaluationScope(thread, view));
    if (mappable(value)) return value;
    throw new StatesError('States.Runtime', `Reference path "${text}" must point to array.`);
  };
}

/** MaxConcurrency: 0 is "as many as possible". */
export function compileConcurrency(
  definition: JsonObject,
  context: CompileContext,
): (thread: Thread, view: Json) => number {
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

/** ToleratedFailureCount and ToleratedFailurePercentage. */
export function compileTolerance(
  definition: JsonObject,
  context: CompileContext,
): (thread: Thread, view: Json) => Tolerance {
  const toleratedCount = compileNumberField(
    definition,
    'ToleratedFailureCount',
    context,
    fieldWording({
      kind: 'integer',
      outOfRange: (value) => (value < 0 ? 'ToleratedFailureCount cannot be negative.' : undefined),
    }),
  );
  const toleratedPercentage = compileNumberField(
    definition,
    'ToleratedFailurePercentage',
    context,
    fieldWording({
      kind: 'float',
      outOfRange: (value) =>
        value < 0 || value > 100
          ? 'ToleratedFailurePercentage must be between 0 and 100.'
          : undefined,
    }),
  );
  return (thread, view) => {
    const count = toleratedCount?.(thread, view);
    return { count, percentage: toleratedPercentage?.(thread, view) };
  };
}

/** An evaluation in the Map state's own scope that sees one item in the context object. */
class ItemScope extends EvaluationScope {
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
