import type { Catcher } from '../core/port.ts';
import { EvaluationScope } from '../core/scope.ts';
import type { JsonObject } from '../json.ts';
import { inside, stringField, type CompileContext } from './context.ts';
import { compileOutput } from './flow-jsonata.ts';
import { compileResultPath, compileTemplateField } from './flow-jsonpath.ts';
import { errorMatcher } from './error-matcher.ts';

/** One entry of Catch. */
export function compileCatcher(
  definition: JsonObject,
  index: number,
  context: CompileContext,
): Catcher {
  const matches = errorMatcher(definition['ErrorEquals']);
  const taken = context.place('catcher', `Catch[${index}]`);
  const to = context.transition(stringField(definition, 'Next'));
  if (context.language === 'JSONata') {
    const leave = compileOutput(definition, context, `Catch[${index}]/`);
    return {
      matches,
      handle: (thread, errorOutput) => {
        taken?.();
        leave(
          thread,
          new EvaluationScope(thread, thread.input, undefined, errorOutput),
          errorOutput,
          to,
        );
      },
    };
  }
  const resultPath = compileResultPath(definition, context);
  const assign = compileTemplateField(definition, 'Assign', inside(context, `Catch[${index}]`));
  return {
    matches,
    handle: (thread, errorOutput) => {
      taken?.();
      thread.exit(
        resultPath === undefined ? errorOutput : resultPath(thread.input, errorOutput),
        to.target,
        assign?.evaluate(new EvaluationScope(thread, errorOutput)) as JsonObject | undefined,
      );
    },
  };
}
