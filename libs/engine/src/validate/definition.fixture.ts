import type { Json, JsonObject } from '../json.ts';
import { validateDefinition } from './definition.ts';
import type { ValidateOptions } from './diagnostic.ts';

export const done: JsonObject = { Type: 'Succeed' };

/** A machine that starts with `state` and has what else is given. */
export function machine(state: Json, more: JsonObject = {}): JsonObject {
  return { StartAt: 'First', States: { First: state, ...more } };
}

export function errors(definition: Json, options: ValidateOptions = {}): string[] {
  return validateDefinition(definition, options)
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ code, pointer }) => `${code} ${pointer}`);
}

export const schema = (pointer: string) => `SCHEMA_VALIDATION_FAILED ${pointer}`;
export const task = (more: JsonObject): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  End: true,
  ...more,
});
export const inner = (more: JsonObject = {}): JsonObject => ({
  StartAt: 'In',
  States: { In: done },
  ...more,
});
