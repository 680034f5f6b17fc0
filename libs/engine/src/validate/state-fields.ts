import { isObject } from '../json.ts';
import type { Check } from './check.ts';
import {
  anything,
  boolean,
  integer,
  jsonataTemplate,
  number,
  orExpression,
  path,
  pathOrIntrinsic,
  pathOrNull,
  payloadTemplate,
  referencePathOrNull,
  mapNumberPath,
  singlePath,
  string,
  template,
} from './check.ts';
import { itemReader, resultWriter } from './map-data-fields.ts';
import { itemBatcher, itemsField, processor } from './map-fields.ts';
import type { QueryLanguage } from './diagnostic.ts';
import { timestampLiteral } from './timestamp-literal.ts';
import { refuse } from './place.ts';

/** A field that a state type may have. */
export interface StateField {
  readonly check: Check;
  /** Set where only states of that language have it. */
  readonly language?: QueryLanguage;
  readonly required?: boolean;
}

export type FieldTable = Readonly<Record<string, StateField>>;

/** Seconds in most fields: a year and more (Developer Guide, "Task state", "Wait state"). */
const maxSeconds = 99_999_999;

const any = (check: Check): StateField => ({ check });
const jsonPath = (check: Check): StateField => ({ check, language: 'JSONPath' });
const jsonata = (check: Check): StateField => ({ check, language: 'JSONata' });

const common: FieldTable = {
  Type: any(string),
  Comment: any(string),
  QueryLanguage: any(anything), // rules/query-language.ts
};

const transition: FieldTable = { Next: any(string), End: any(boolean) };
const filters: FieldTable = { InputPath: jsonPath(pathOrNull), OutputPath: jsonPath(pathOrNull) };
const output: FieldTable = { ...filters, Output: jsonata(jsonataTemplate) };
const assign: FieldTable = { Assign: any(template) };
const result: FieldTable = {
  ResultSelector: jsonPath(payloadTemplate),
  ResultPath: jsonPath(referencePathOrNull),
};
const handlers: FieldTable = { Retry: any(anything), Catch: any(anything) }; // rules/retry, catch

/** The role to assume: `RoleArn`, literal, by path or by expression. */
const credentials: Check = (value, place) => {
  template(value, place);
  const roleArn = isObject(value) ? (value['RoleArn'] ?? value['RoleArn.$']) : undefined;
  if (typeof roleArn !== 'string') refuse(place, 'Credentials must be an object with a RoleArn');
};

/**
 * The intrinsic functions that give a string: ErrorPath and CausePath take no others
 * (https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html).
 */
const textFunctions = [
  'Format',
  'JsonToString',
  'ArrayGetItem',
  'Base64Encode',
  'Base64Decode',
  'Hash',
  'UUID',
];

const pathToText: Check = (value, place) => {
  pathOrIntrinsic(value, place);
  const name = typeof value === 'string' ? /^\s*States\.(\w+)/.exec(value)?.[1] : undefined;
  if (name !== undefined && !textFunctions.includes(name)) {
    refuse(place, `States.${name} does not give a string, which this field needs`);
  }
};

/** What each state type may have (Amazon States Language, "State Types" and its table of fields). */
export const stateFields: Readonly<Record<string, FieldTable>> = {
  Pass: {
    ...common,
    ...transition,
    ...output,
    ...assign,
    Result: jsonPath(anything),
    ResultPath: jsonPath(referencePathOrNull),
    Parameters: jsonPath(payloadTemplate),
  },
  Task: {
    ...common,
    ...transition,
    ...output,
    ...assign,
    ...result,
    ...handlers,
    Resource: { check: string, required: true },
    Parameters: jsonPath(payloadTemplate),
    Arguments: jsonata(jsonataTemplate),
    Credentials: any(credentials),
    TimeoutSeconds: any(orExpression(integer(1, maxSeconds))),
    TimeoutSecondsPath: jsonPath(singlePath),
    HeartbeatSeconds: any(orExpression(integer(1, maxSeconds))),
    HeartbeatSecondsPath: jsonPath(singlePath),
  },
  Parallel: {
    ...common,
    ...transition,
    ...output,
    ...assign,
    ...result,
    ...handlers,
    Branches: { check: anything, required: true }, // rules/scopes.ts
    Parameters: jsonPath(payloadTemplate),
    Arguments: jsonata(jsonataTemplate),
  },
  Map: {
    ...common,
    ...transition,
    ...output,
    ...assign,
    ...result,
    ...handlers,
    ItemProcessor: any(processor),
    Iterator: any(processor),
    Items: jsonata(itemsField),
    ItemsPath: jsonPath(path),
    ItemSelector: any(template),
    Parameters: jsonPath(payloadTemplate),
    MaxConcurrency: any(orExpression(integer(0, Infinity))),
    MaxConcurrencyPath: jsonPath(mapNumberPath),
    ToleratedFailureCount: any(orExpression(integer(0, Infinity))),
    ToleratedFailureCountPath: jsonPath(mapNumberPath),
    ToleratedFailurePercentage: any(orExpression(number({ min: 0, max: 100, integer: false }))),
    ToleratedFailurePercentagePath: jsonPath(mapNumberPath),
    ItemReader: any(itemReader),
    ItemBatcher: any(itemBatcher),
    ResultWriter: any(resultWriter),
    Label: any(string),
  },
  Choice: {
    ...common,
    ...output,
    ...assign,
    Choices: { check: anything, required: true }, // rules/choice.ts
    Default: any(string),
  },
  Wait: {
    ...common,
    ...transition,
    ...output,
    ...assign,
    Seconds: any(orExpression(integer(0, maxSeconds))),
    SecondsPath: jsonPath(singlePath),
    Timestamp: any(orExpression(timestampLiteral)),
    TimestampPath: jsonPath(singlePath),
  },
  Succeed: { ...common, ...output },
  Fail: {
    ...common,
    Error: any(orExpression(string)),
    ErrorPath: jsonPath(pathToText),
    Cause: any(orExpression(string)),
    CausePath: jsonPath(pathToText),
  },
};

/** Fields of which a state may have one only. */
export const exclusiveFields: readonly (readonly string[])[] = [
  ['TimeoutSeconds', 'TimeoutSecondsPath'],
  ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ['MaxConcurrency', 'MaxConcurrencyPath'],
  ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
  ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ['Error', 'ErrorPath'],
  ['Cause', 'CausePath'],
  ['ItemProcessor', 'Iterator'],
  ['ItemSelector', 'Parameters'],
];
