import { EvaluationScope } from '../core/scope.ts';
import { failure } from '../core/failure.ts';
import type { CompiledState, Thread } from '../core/port.ts';
import { StatesError } from '../errors.ts';
import { compileJsonataField } from '../compile/flow-jsonata.ts';
import { stringField, type CompileContext } from '../compile/context.ts';
import { unexpectedType } from '../expressions/jsonata.ts';
import { compilePath } from '../expressions/jsonpath.ts';
import type { Json, JsonObject } from '../json.ts';

type Text = (thread: Thread) => string | undefined;

/** Fail: ends its thread with Error and Cause, given as text, by path or intrinsic, or by JSONata. */
export function compileFail(definition: JsonObject, context: CompileContext): CompiledState {
  const error = compileText(definition, 'Error', context);
  const cause = compileText(definition, 'Cause', context);
  return {
    name: context.name,
    enteredEvent: 'FailStateEntered',
    exitedEvent: undefined,
    retryAndCatch: undefined,
    retryable: false,
    enter: (thread) => thread.fail(failure(error(thread), cause(thread))),
    retry: (thread) => thread.reenter(),
    redrive: (thread) => thread.reenter(),
  };
}

function compileText(definition: JsonObject, field: string, context: CompileContext): Text {
  if (context.language === 'JSONata') {
    const template = compileJsonataField(definition, field, context);
    if (template === undefined) return () => undefined;
    const checked = (value: Json): string => {
      if (typeof value === 'string') return value;
      throw unexpectedType(template.expression ?? '', field, 'string', value);
    };
    return (thread) => {
      return checked(template.evaluate(new EvaluationScope(thread, thread.input)));
    };
  }
  const pathField = `${field}Path`;
  const path = stringField(definition, pathField);
  if (path === undefined) {
    const text = stringField(definition, field);
    return () => text;
  }
  const compiled = compilePath(path, context.where(pathField));
  return (thread) => {
    const value = compiled.evaluate(new EvaluationScope(thread, thread.input));
    if (typeof value === 'string') return value;
    throw new StatesError(
      'States.Runtime',
      `The ${pathField} field must reference a string: ${path} == ${JSON.stringify(value)}`,
    );
  };
}
