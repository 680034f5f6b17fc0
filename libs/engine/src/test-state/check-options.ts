import { EngineError } from '../engine-error.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { stateWithin, type TestedState } from './find-state.ts';
import type { TestStateConfiguration, TestStateOptions } from './options.ts';

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
    if (options.revealSecrets === true) {
      refuse('TestState does not support RevealSecrets when a mock is specified.');
    }
    const { errorOutput = {} } = mock;
    refuseUnknown('mock', mock, ['result', 'errorOutput', 'fieldValidationMode'], refuse);
    refuseUnknown('mock.errorOutput', errorOutput, ['error', 'cause'], refuse);
    if (!['STRICT', 'PRESENT', 'NONE'].includes(mock.fieldValidationMode ?? 'NONE')) {
      refuse('mock.fieldValidationMode must be one of [STRICT, PRESENT, NONE].');
    }
  }
  checkConfiguration(definition, options.stateConfiguration ?? {}, refuse);
  if (context !== undefined) checkContext(definition, context, refuse);
}

type Refuse = (message: string) => never;

function refuseUnknown(
  part: string,
  given: object,
  known: readonly string[],
  refuse: Refuse,
): void {
  const other = Object.keys(given).find((key) => !known.includes(key));
  if (other !== undefined) refuse(`${part} has no field '${other}': it has [${known.join(', ')}].`);
}

/** None of its fields may be there without effect. */
function checkConfiguration(
  definition: JsonObject,
  configuration: TestStateConfiguration,
  refuse: Refuse,
): void {
  const { Type: type, ItemReader: reader } = definition;
  const { errorCausedByState: origin, mapItemReaderData: data } = configuration;
  const counts = ['retrierRetryCount', 'mapIterationFailureCount'] as const;
  const known = [...counts, 'errorCausedByState', 'mapItemReaderData'];
  refuseUnknown('stateConfiguration', configuration, known, refuse);
  for (const name of counts) {
    const count = configuration[name] ?? 0;
    if (!Number.isInteger(count) || count < 0) {
      refuse(`stateConfiguration.${name} must be a whole number from 0.`);
    }
  }
  if (configuration.mapIterationFailureCount !== undefined && type !== 'Map') {
    refuse('stateConfiguration.mapIterationFailureCount is for a Map.');
  }
  if (data !== undefined && reader === undefined) {
    refuse('stateConfiguration.mapItemReaderData is for a Map with an ItemReader.');
  }
  if (data !== undefined && (typeof data !== 'string' || data.length > 262_144)) {
    refuse('stateConfiguration.mapItemReaderData must be text of at most 262144 characters.');
  }
  if (origin !== undefined && stateWithin(definition, origin) === undefined) {
    refuse(`stateConfiguration.errorCausedByState names no state inside: '${origin}'.`);
  }
}

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
