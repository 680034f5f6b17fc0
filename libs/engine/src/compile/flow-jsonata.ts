import { EvaluationScope } from '../core/scope.ts';
import type { Thread, Transition } from '../core/port.ts';
import { compileJsonataTemplate } from '../expressions/jsonata/template.ts';
import type { CompiledTemplate } from '../expressions/types.ts';
import type { Json, JsonObject } from '../json.ts';
import type { CompileContext } from './context.ts';
import type { Flow } from './flow.ts';

/**
 * JSONata states: Arguments → (the state) → Assign and Output, which both see the variables as they
 * were before.
 */
export function jsonataFlow(definition: JsonObject, context: CompileContext): Flow {
  const input = compileJsonataField(definition, 'Arguments', context);
  const leave = compileOutput(definition, context);
  const { inspect } = context;
  return {
    view: (thread) => thread.input,
    effectiveInput: (thread) => {
      if (input === undefined) return thread.input;
      const effective = input.evaluate(new EvaluationScope(thread, thread.input));
      inspect?.('afterArguments', effective);
      return effective;
    },
    finish: (thread, result, to) =>
      leave(thread, new EvaluationScope(thread, thread.input, result), result, to),
    passOn: (thread, to) =>
      leave(thread, new EvaluationScope(thread, thread.input), thread.input, to),
  };
}

/** Evaluates Assign and Output and exits; `fallback` is the output where there is no Output field. */
export function compileOutput(
  definition: JsonObject,
  context: CompileContext,
  prefix = '',
): (thread: Thread, scope: EvaluationScope, fallback: Json, to: Transition) => void {
  const assign = compileJsonataField(definition, 'Assign', context, prefix);
  const output = compileJsonataField(definition, 'Output', context, prefix);
  if (assign === undefined && output === undefined) {
    return (thread, _scope, fallback, to) => thread.exit(fallback, to.target);
  }
  return (thread, scope, fallback, to) => {
    const assigned = assign?.evaluate(scope) as JsonObject | undefined;
    const value = output === undefined ? fallback : output.evaluate(scope);
    thread.exit(value, to.target, assigned);
  };
}

export function compileJsonataField(
  definition: JsonObject,
  field: string,
  context: CompileContext,
  prefix = '',
): CompiledTemplate | undefined {
  const template = definition[field];
  return template === undefined
    ? undefined
    : compileJsonataTemplate(template, context.where(prefix + field));
}
