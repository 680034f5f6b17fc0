import { EvaluationScope } from '../core/scope.ts';
import type { Thread } from '../core/port.ts';
import { compilePath, compileReferencePath } from '../expressions/jsonpath.ts';
import { compileTemplate } from '../expressions/payload-template.ts';
import type { Evaluable } from '../expressions/types.ts';
import type { Json, JsonObject } from '../json.ts';
import type { CompileContext } from './context.ts';
import type { Flow } from './flow.ts';

type Apply = (thread: Thread, value: Json) => Json;

/**
 * JSONPath states: InputPath → Parameters → (the state) → ResultSelector → ResultPath → OutputPath.
 * Assign sees the variables as they were before it, and so do the output fields.
 */
export function jsonPathFlow(definition: JsonObject, context: CompileContext): Flow {
  const inputPath = compilePathField(definition, 'InputPath', context);
  const outputPath = compilePathField(definition, 'OutputPath', context);
  const resultPath = compileResultPath(definition, context);
  const parameters = compileTemplateField(definition, 'Parameters', context);
  const resultSelector = compileTemplateField(definition, 'ResultSelector', context);
  const assign = compileTemplateField(definition, 'Assign', context);

  const { inspect } = context;

  const view = (thread: Thread): Json => {
    const input = inputPath === undefined ? thread.input : inputPath(thread, thread.input);
    inspect?.('afterInputPath', input);
    return input;
  };
  const assigned = (thread: Thread, root: Json): JsonObject | undefined =>
    assign === undefined
      ? undefined
      : (assign.evaluate(new EvaluationScope(thread, root)) as JsonObject);

  return {
    view,
    effectiveInput: (thread) => {
      const input = view(thread);
      const effective =
        parameters === undefined ? input : parameters.evaluate(new EvaluationScope(thread, input));
      inspect?.('afterParameters', effective);
      return effective;
    },
    finish: (thread, result, to) => {
      let output =
        resultSelector === undefined
          ? result
          : resultSelector.evaluate(new EvaluationScope(thread, result));
      inspect?.('afterResultSelector', output);
      if (resultPath !== undefined) output = resultPath(thread.input, output);
      inspect?.('afterResultPath', output);
      if (outputPath !== undefined) output = outputPath(thread, output);
      thread.exit(output, to.target, assigned(thread, result));
    },
    passOn: (thread, to) => {
      const input = view(thread);
      const output = outputPath === undefined ? input : outputPath(thread, input);
      thread.exit(output, to.target, assigned(thread, input));
    },
  };
}

export function compileTemplateField(
  definition: JsonObject,
  field: string,
  context: CompileContext,
): Evaluable | undefined {
  const template = definition[field];
  return template === undefined ? undefined : compileTemplate(template, context.where(field));
}

/** InputPath and OutputPath: null means the empty object; undefined means as is. */
function compilePathField(
  definition: JsonObject,
  field: string,
  context: CompileContext,
): Apply | undefined {
  const text = definition[field];
  if (text === null) return () => ({});
  if (typeof text !== 'string' || text === '$') return undefined;
  const path = compilePath(text, context.where(field));
  return (thread, value) => path.evaluate(new EvaluationScope(thread, value));
}

/** ResultPath: null discards the result; undefined, or `$`, replaces the input. */
export function compileResultPath(
  definition: JsonObject,
  context: CompileContext,
): ((input: Json, result: Json) => Json) | undefined {
  const text = definition['ResultPath'];
  if (text === null) return (input) => input;
  if (typeof text !== 'string' || text === '$') return undefined;
  const path = compileReferencePath(text, context.where('ResultPath'));
  return (input, result) => path.set(input, result);
}
