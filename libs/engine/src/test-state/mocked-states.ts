import { compileFlow } from '../compile/compile-flow.ts';
import { nextOf, objectField, type CompileContext } from '../compile/context.ts';
import { compileRetryAndCatch } from '../compile/retry-and-catch.ts';
import { failure } from '../core/failure.ts';
import { whenSettled } from '../core/when-settled.ts';
import type { CompiledState, Thread } from '../core/port.ts';
import type { Json, JsonObject } from '../json.ts';
import { makeBatches } from '../map-run/batcher.ts';
import { compileBatcher } from '../map-run/batcher.ts';
import { compileItemReader } from '../map-run/item-reader.ts';
import { MapItems, sectionOf } from '../map-run/map-items.ts';
import { exceeds } from '../map-run/tolerance.ts';
import { isDistributed } from '../validate/site.ts';
import {
  compileConcurrency,
  compileItems,
  compileItemsOrEntries,
  compileMapFlow,
  compileSelector,
  compileTolerance,
} from '../states/map-fields.ts';
import type { StateTypes } from '../compile/compile.ts';
import { stateTypes } from '../states/index.ts';
import { mockedResult } from './check-options.ts';
import type { TestStateMock, TestStateOptions } from './options.ts';

/** The state types of a test: a Map and a Parallel do not run what is in them, a mock answers. */
export function testTypes(options: TestStateOptions): StateTypes {
  return new Map([
    ...stateTypes,
    ['Map', (definition, context) => mockedMap(definition, context, options)],
    ['Parallel', (definition, context) => mockedParallel(definition, context, options)],
  ]);
}

function mockedParallel(
  definition: JsonObject,
  context: CompileContext,
  { mock }: TestStateOptions,
): CompiledState {
  const flow = compileFlow(definition, context);
  const next = nextOf(definition, context);
  return mocked(definition, context, 'Parallel', (thread) => {
    flow.effectiveInput(thread);
    answer(thread, mock, (result) => flow.finish(thread, result, next));
  });
}

function mockedMap(
  definition: JsonObject,
  context: CompileContext,
  { mock, stateConfiguration = {} }: TestStateOptions,
): CompiledState {
  const flow = compileMapFlow(definition, context);
  const next = nextOf(definition, context);
  const processor = (definition['ItemProcessor'] ?? definition['Iterator']) as JsonObject;
  const distributed = isDistributed(processor);
  const items = (distributed ? compileItemsOrEntries : compileItems)(definition, context);
  const reader = distributed ? compileItemReader(definition, context) : undefined;
  const batcher = distributed ? compileBatcher(definition, context) : undefined;
  const concurrency = compileConcurrency(definition, context);
  const tolerance = compileTolerance(definition, context);
  const selector = compileSelector(definition, context);
  const { inspect } = context;
  const points = objectField(objectField(definition, 'ItemReader') ?? {}, 'ReaderConfig');
  const { mapIterationFailureCount: failed = 0 } = stateConfiguration;

  return mocked(definition, context, 'Map', (thread) => {
    const view = flow.view(thread);
    const select = selector(thread, view);
    const work = (list: MapItems | undefined): void => {
      inspect?.('maxConcurrency', concurrency(thread, view));
      const tolerated = tolerance(thread, view);
      if (tolerated.count !== undefined) inspect?.('toleratedFailureCount', tolerated.count);
      if (tolerated.percentage !== undefined) {
        inspect?.('toleratedFailurePercentage', tolerated.percentage);
      }
      const length = list?.length ?? 0;
      if (list !== undefined) {
        const inputs = Array.from(
          { length },
          (_, index) => select?.(list.contextOf(index)) ?? list.at(index),
        );
        if (select !== undefined) inspect?.('afterItemSelector', inputs);
        const plan = batcher?.(thread, view);
        if (plan !== undefined) {
          const batches = makeBatches(inputs, plan, context.limits.stateDataBytes);
          inspect?.(
            'afterItemBatcher',
            batches.map(({ input }) => input),
          );
        }
      }
      const declared = tolerated.count !== undefined || tolerated.percentage !== undefined;
      if (declared && exceeds(tolerated, failed, Math.max(length, 1))) {
        const error = 'States.ExceedToleratedFailureThreshold';
        thread.fail(failure(error, 'The specified tolerated failure threshold was exceeded'));
        return;
      }
      answer(thread, mock, (result) => flow.finish(thread, result, next));
    };
    if (reader === undefined) {
      const value = items(thread, view);
      if (context.language === 'JSONPath') inspect?.('afterItemsPath', value);
      work(new MapItems([sectionOf(value, 'STATE_DATA')]));
      return;
    }
    const { objectStore } = thread.execution.services;
    const plan = reader.plan(thread, view);
    if (objectStore === undefined) {
      work(undefined);
      return;
    }
    const use = (list: MapItems): void => {
      const all = Array.from({ length: list.length }, (_, index) => list.at(index));
      if (points?.['ItemsPointer'] !== undefined) inspect?.('afterItemsPointer', all);
      work(list);
    };
    whenSettled(thread, reader.read(objectStore, plan), use, (thrown) => {
      throw thrown;
    });
  });
}

function mocked(
  definition: JsonObject,
  context: CompileContext,
  kind: 'Map' | 'Parallel',
  enter: (thread: Thread) => void,
): CompiledState {
  return {
    name: context.name,
    enteredEvent: `${kind}StateEntered`,
    exitedEvent: `${kind}StateExited`,
    failedEvent: `${kind}StateFailed`,
    retryAndCatch: compileRetryAndCatch(definition, context),
    retryable: true,
    enter,
    retry: enter,
    redrive: enter,
  };
}

function answer(
  thread: Thread,
  mock: TestStateMock | undefined,
  succeed: (result: Json) => void,
): void {
  if (mock?.errorOutput !== undefined) {
    const { error, cause } = mock.errorOutput;
    thread.fail(failure(error, cause));
  } else succeed(mockedResult(mock?.result ?? null));
}
