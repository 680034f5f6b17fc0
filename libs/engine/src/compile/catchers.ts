import { EvaluationScope } from '../core/scope.ts';
import type { JsonObject } from '../json.ts';
import { objectsField, stringField, type CompileContext } from './context.ts';
import { compileOutput } from './flow-jsonata.ts';
import { compileResultPath, compileTemplateField } from './flow-jsonpath.ts';
import { errorMatcher, Handlers, type Catcher } from './handlers.ts';

/** Retry and Catch of a Task, Parallel or Map. */
export function compileHandlers(
  definition: JsonObject,
  context: CompileContext,
): Handlers | undefined {
  const retry = objectsField(definition, 'Retry');
  const catchers = objectsField(definition, 'Catch');
  if (retry.length === 0 && catchers.length === 0) return undefined;
  return new Handlers(
    retry,
    catchers.map((catcher, index) => compileCatcher(catcher, index, context)),
  );
}

function compileCatcher(definition: JsonObject, index: number, context: CompileContext): Catcher {
  const matches = errorMatcher(definition['ErrorEquals']);
  const to = context.transition(stringField(definition, 'Next'));
  if (context.language === 'JSONata') {
    const leave = compileOutput(definition, context, `Catch[${index}]/`);
    return {
      matches,
      handle: (thread, errorOutput) =>
        leave(
          thread,
          new EvaluationScope(thread, thread.input, undefined, errorOutput),
          errorOutput,
          to,
        ),
    };
  }
  const resultPath = compileResultPath(definition, context);
  const assign = compileTemplateField(definition, 'Assign', context);
  return {
    matches,
    handle: (thread, errorOutput) =>
      thread.exit(
        resultPath === undefined ? errorOutput : resultPath(thread.input, errorOutput),
        to.target,
        assign?.evaluate(new EvaluationScope(thread, errorOutput)) as JsonObject | undefined,
      ),
  };
}
