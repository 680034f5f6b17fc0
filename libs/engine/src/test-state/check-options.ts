import { EngineError } from '../engine-error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { TestedState } from './find-state.ts';
import type { TestStateOptions } from './options.ts';

/** Refuses what the API refuses, in its words. @throws EngineError */
export function checkOptions({ definition }: TestedState, options: TestStateOptions): void {
  const refuse = (message: string): never => {
    throw new EngineError('ValidationException', message);
  };
  const type = String(definition['Type']);
  const { mock, context } = options;
  const runs = type === 'Map' || type === 'Parallel';
  if (mock === undefined) {
    if (runs) {
      throw new EngineError(
        'InvalidDefinition',
        'TestState API does not support Map or Parallel states. Supported state types include: ' +
          '[Task, Wait, Pass, Succeed, Fail, Choice]',
      );
    }
    if (type === 'Task') {
      refuse('A Task needs a mock here: nothing is called. Give its result or its errorOutput.');
    }
  } else {
    if (type !== 'Task' && !runs) {
      refuse(`State type '${type}' is not supported when a mock is specified`);
    }
    const fields = [mock.result, mock.errorOutput].filter((field) => field !== undefined);
    if (fields.length > 1) {
      refuse('A test mock should have only one of the following fields: [result, errorOutput].');
    }
    if (fields.length === 0) refuse('A test mock needs one of the fields [result, errorOutput].');
    if (mock.result !== undefined) checkResult(definition, mockedResult(mock.result), refuse);
  }
  if (context !== undefined) checkContext(definition, context, refuse);
}

type Refuse = (message: string) => never;

/** A mock's result as a value: JSON text, as the API takes it, is read. */
export function mockedResult(result: Json): Json {
  if (typeof result !== 'string') return result;
  try {
    return JSON.parse(result) as Json;
  } catch {
    return result;
  }
}

function checkResult(definition: JsonObject, result: Json, refuse: Refuse): void {
  const { Type: type, ResultWriter: writer, Branches: branches } = definition;
  if (type === 'Map' && isObject(writer) && writer['Resource'] !== undefined) {
    if (!isObject(result)) refuse('Mocked result must be a JSON object.');
  } else if (type === 'Map' || type === 'Parallel') {
    if (!Array.isArray(result)) refuse('Mocked result must be an array.');
    else if (Array.isArray(branches) && result.length !== branches.length) {
      refuse('Mocked result must contain the same number of items as number of Parallel branches.');
    }
  }
}

/** What a context object may hold (input-output-contextobject). */
const contextFields: { readonly [part: string]: { readonly [field: string]: string } } = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
};

function checkContext(definition: JsonObject, context: JsonObject, refuse: Refuse): void {
  const wrong = (why: string): never => refuse(`Invalid Context object provided: ${why}`);
  for (const [part, fields] of Object.entries(context)) {
    if (part === 'Map') wrong("'Map' field is not supported when mocking a Context object");
    const known = Object.hasOwn(contextFields, part) ? contextFields[part] : undefined;
    if (known === undefined) return wrong(`Field '${part}' is not allowed`);
    if (!isObject(fields)) return wrong(`${part} must be an object`);
    for (const [field, value] of Object.entries(fields)) {
      const type = Object.hasOwn(known, field) ? known[field] : undefined;
      if (type === undefined) wrong(`Field '${field}' is not allowed`);
      if (type !== 'any' && typeof value !== type) {
        wrong(`${part}.${field} must be a ${String(type)}`);
      }
    }
  }
  const resource = String(definition['Resource']);
  if (context['Task'] !== undefined && !/\.(?:sync(?::2)?|waitForTaskToken)$/.test(resource)) {
    wrong(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or " +
        "'.waitForTaskToken' service integration pattern",
    );
  }
}
