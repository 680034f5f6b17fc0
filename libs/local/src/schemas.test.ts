import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonSchema } from '@harmony/schema';
import { validator } from '@harmony/schema/validator';
import { describe, expect, it } from 'vitest';
import { parseMockConfiguration } from './mocks/configuration.ts';

/** One of the schemas that editors use. */
function schema(name: string): (value: Json) => boolean {
  const file = join(import.meta.dirname, `../schemas/${name}.schema.json`);
  return validator(JSON.parse(readFileSync(file, 'utf8')) as JsonSchema);
}

describe('the schema of mocks says what a run says', () => {
  const valid = schema('mocks');
  const mocks = (entry: Json): Json => ({
    StateMachines: { pond: { TestCases: { HappyPath: { Look: 'Answer' } } } },
    MockedResponses: { Answer: entry },
  });
  const run = (value: Json) => () => parseMockConfiguration(JSON.stringify(value), 'mocks.json');

  it.each<Json>([
    { '0': { Return: { approved: true } } },
    { '0-1': { Throw: { Error: 'Shop.Unavailable', Cause: 'closed' } }, '2': { Return: null } },
    { '0': { Return: 1, FieldValidationMode: 'PRESENT', Harmony: { AfterSeconds: 86_400 } } },
    { '0': { Harmony: { NoAnswer: true } } },
    {
      Harmony: { CountAcross: 'Executions' },
      '0-99': {
        Harmony: {
          When: [
            { Parameters: { Article: 'lamp' }, Throw: { Error: 'OutOfStock' } },
            { Parameters: { Article: 'desk' }, Harmony: { NoAnswer: true } },
            { Return: { reserved: true }, Harmony: { AfterSeconds: 1 } },
          ],
        },
      },
    },
  ])('and accepts %j', (entry) => {
    expect(run(mocks(entry))).not.toThrow();
    expect(valid(mocks(entry))).toBe(true);
  });

  it.each<Json>([
    mocks({ '0': { Return: 1, Throw: { Error: 'E' } } }),
    mocks({ '0': {} }),
    mocks({ '0': { Throw: { Cause: 'c' } } }),
    mocks({ '0': { Throw: { Error: 'E', Reason: 'r' } } }),
    mocks({ first: { Return: 1 } }),
    mocks({ '0': { Return: 1, Harmony: { AfterMinutes: 1 } } }),
    mocks({ '0': { Return: 1, Harmony: { AfterSeconds: -1 } } }),
    mocks({ '0': { Return: 1, Harmony: { NoAnswer: true } } }),
    mocks({ '0': { Harmony: { When: [] } } }),
    mocks({ '0': { Return: 1, Harmony: { When: [{ Return: 1 }] } } }),
    mocks({ '0': { Return: 1 }, Harmony: { CountAcross: 'Runs' } }),
    mocks({ '0': { Return: 1, FieldValidationMode: 'SOMETIMES' } }),
    { StateMachines: { pond: { Cases: {} } }, MockedResponses: {} },
    { StateMachines: {}, Responses: {} },
    { MockedResponses: {} },
  ])('and refuses %j', (value) => {
    expect(run(value)).toThrow('mocks.json');
    expect(valid(value)).toBe(false);
  });
});

describe("the schema of an orchestration's input", () => {
  const valid = schema('orchestration-input');

  it.each<Json>([{ payload: {} }, { payload: { a: 1 }, debug: { only: null, skipDelays: true } }])(
    'accepts %j',
    (input) => {
      expect(valid(input)).toBe(true);
    },
  );

  it.each<Json>([{}, { payload: {}, debugg: {} }, { payload: {}, debug: { disable: 'a' } }])(
    'refuses %j',
    (input) => {
      expect(valid(input)).toBe(false);
    },
  );
});
