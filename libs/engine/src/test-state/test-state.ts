import { virtualClock } from '../clock/virtual.ts';
import { Runtime } from '../core/runtime.ts';
import { plainJson, type Json } from '../json.ts';
import { awsLimits } from '../limits.ts';
import type { StateMachineDefinition } from '../types.ts';
import type { TestStateOptions, TestStateResult } from './options.ts';
import { prepareTest } from './prepare.ts';

/**
 * Tests one state, alone or of a whole machine, as the TestState API has it since November 2025:
 * nothing is called, `mock` answers. Values are JSON where the API has JSON text.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
 * @throws InvalidDefinition; EngineError ValidationException, InvalidDefinition
 */
export async function testState(
  definition: StateMachineDefinition,
  input: Json = {},
  options: TestStateOptions = {},
): Promise<TestStateResult> {
  const test = prepareTest(definition, plainJson(input), options, awsLimits);
  const runtime = new Runtime(
    {
      clock: virtualClock(options.now ?? Date.now()),
      runTask: test.runTask,
      interceptTask: () => true,
      ...(test.objectStore !== undefined && { objectStore: test.objectStore }),
    },
    () => undefined,
  );
  const { accountId, region } = runtime.services;
  const arn = `arn:aws:states:${region}:${accountId}:stateMachine:test-state`;
  const roleArn = `arn:aws:iam::${accountId}:role/test-state`;
  const { machine, context, variables } = test;
  runtime.machines.keep({ arn, name: 'test-state', roleArn, type: 'EXPRESS', machine });
  const execution = runtime.start({
    stateMachineArn: arn,
    name: 'test',
    input: plainJson(input),
    lineage: undefined,
    given: { context, variables },
  });
  return test.report(await execution.result);
}
