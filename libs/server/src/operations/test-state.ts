import { TestState$ } from '@aws-sdk/client-sfn';
import type { InspectionData, TestStateInput, TestStateOutput } from '@aws-sdk/client-sfn';
import { Engine } from '@harmony/engine';
import type { Json, JsonObject, TestStateOptions } from '@harmony/engine';
import { parseJson } from '../wire/json-text.ts';
import { operation } from './operation.ts';

export const testState = operation(
  TestState$,
  async (input: TestStateInput): Promise<TestStateOutput> => {
    const definition = parseJson(input.definition ?? '', 'InvalidDefinition', 'Definition');
    const { stateName, inspectionLevel, mock, context, variables, stateConfiguration } = input;
    const options: TestStateOptions = {
      ...(stateName !== undefined && { stateName }),
      ...(inspectionLevel !== undefined && { inspectionLevel }),
      ...(mock !== undefined && { mock: mock as NonNullable<TestStateOptions['mock']> }),
      ...(context !== undefined && { context: object(context, 'Context') }),
      ...(variables !== undefined && { variables: object(variables, 'Variables') }),
      ...(stateConfiguration !== undefined && {
        stateConfiguration: stateConfiguration as NonNullable<
          TestStateOptions['stateConfiguration']
        >,
      }),
    };
    const data = parseJson(input.input ?? '{}', 'InvalidExecutionInput', 'Input');
    const result = await Engine.testState(definition as JsonObject, data, options);
    const { output, inspectionData, ...rest } = result;
    return {
      ...rest,
      ...(output !== undefined && { output: JSON.stringify(output) }),
      ...(inspectionData !== undefined && { inspectionData: asText(inspectionData) }),
    };
  },
);

/** Values are JSON text in the API; settings and error details are not. */
function asText(inspected: object): InspectionData {
  const entries = Object.entries(inspected).map(([key, value]) => [
    key,
    written(key, value as Json),
  ]);
  return Object.fromEntries(entries) as InspectionData;
}

function written(key: string, value: Json): unknown {
  if (key === 'errorDetails') return value;
  if (key === 'maxConcurrency' || key.startsWith('tolerated')) return value;
  return JSON.stringify(value);
}

function object(text: string, what: string): JsonObject {
  return parseJson(text, 'ValidationException', what) as JsonObject;
}
