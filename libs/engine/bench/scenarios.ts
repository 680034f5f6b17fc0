import { StateMachine } from 'aws-local-stepfunctions';
import { Engine, virtualClock, type Json, type StateMachineDefinition } from '../src/index.ts';
import { child, items, jsonataMap, mapOfChoices, parentOf, passChain } from './machines.ts';

/** Runs its unit of work once, checks that it did it, and says how many units that was. */
export interface Scenario {
  readonly name: string;
  readonly unit: string;
  prepare(): Promise<() => Promise<number>> | (() => Promise<number>);
}

/** The service's limits are off where a run passes 25,000 events or 256 KiB: they would end it. */
function engineRunning(
  definition: StateMachineDefinition,
  options: { unlimited?: boolean; machines?: { [arn: string]: StateMachineDefinition } } = {},
): (input: Json) => Promise<Json> {
  const engine = new Engine({
    clock: virtualClock(0),
    runTask: () => Promise.reject(new Error('no Task is called')),
    ...(options.unlimited === true && {
      limits: { historyEvents: Infinity, stateDataBytes: Infinity },
    }),
  });
  const add = (arn: string, machine: StateMachineDefinition): void =>
    engine.addStateMachine({
      arn,
      name: 'bench',
      roleArn: 'arn:aws:iam::1:role/r',
      definition: machine,
    });
  for (const [arn, machine] of Object.entries(options.machines ?? {})) add(arn, machine);
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:bench';
  add(stateMachineArn, definition);
  return async (input) => {
    const result = await engine.startExecution({ stateMachineArn, input }).result;
    if (result.status !== 'SUCCEEDED') throw new Error(`${result.error}: ${result.cause}`);
    return result.output ?? null;
  };
}

/** The other engine: its StateMachine is made once, as ours is added once. */
function otherRunning(definition: StateMachineDefinition): (input: Json) => Promise<Json> {
  const machine = new StateMachine(definition as never);
  return (input) => machine.run(input as never).result as Promise<Json>;
}

function expectLength(value: Json, length: number): number {
  if (!Array.isArray(value) || value.length !== length) throw new Error('wrong result');
  return length;
}

const chainInput = { payload: { text: 'hello', numbers: [1, 2, 3] } };
const chains = 200;

function chainScenario(name: string, make: () => (input: Json) => Promise<Json>): Scenario {
  return {
    name,
    unit: 'execution',
    prepare() {
      const run = make();
      return async () => {
        for (let index = 0; index < chains; index++) await run(chainInput);
        return chains;
      };
    },
  };
}

function mapScenario(
  name: string,
  length: number,
  make: () => (input: Json) => Promise<Json>,
): Scenario {
  return {
    name,
    unit: 'item',
    prepare() {
      const run = make();
      const input = items(length);
      return async () => expectLength(await run(input), length);
    },
  };
}

const childArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:child';

export const scenarios: { readonly [key: string]: Scenario } = {
  'chain/harmony': chainScenario('3 Pass states', () => engineRunning(passChain)),
  'chain/other': chainScenario('3 Pass states', () => otherRunning(passChain)),
  'map1k/harmony': mapScenario('Map of 1,000: Choice → Pass', 1000, () =>
    engineRunning(mapOfChoices),
  ),
  'map1k/other': mapScenario('Map of 1,000: Choice → Pass', 1000, () => otherRunning(mapOfChoices)),
  'map100k/harmony': mapScenario('Map of 100,000: Choice → Pass', 100_000, () =>
    engineRunning(mapOfChoices, { unlimited: true }),
  ),
  'jsonata10k/harmony': mapScenario('JSONata Map of 10,000: arithmetic', 10_000, () =>
    engineRunning(jsonataMap('{% $states.input.n * 2 %}'), { unlimited: true }),
  ),
  'jsonata10k-functions/harmony': mapScenario('JSONata Map of 10,000: functions', 10_000, () =>
    engineRunning(jsonataMap('{% $uppercase("item ") & $string($states.input.n) %}'), {
      unlimited: true,
    }),
  ),
  'nested1k/harmony': mapScenario('1,000 nested executions', 1000, () =>
    engineRunning(parentOf(childArn), { machines: { [childArn]: child } }),
  ),
};
