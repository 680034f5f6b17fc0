import { resolve } from 'node:path';
import { readTextIfThere } from '@harmony/errors/text-file';
import type { StateMachine } from '@harmony/assembly';
import type { TaskRequest } from '@harmony/engine';
import { statesIn } from '@harmony/engine/validate';
import { isObject } from '@harmony/schema';
import { LocalError } from '../errors.ts';
import { parseMockConfiguration } from './configuration.ts';
import type { MockConfiguration, PlainResponse, TestCase } from './configuration.ts';

/** The test case used where none is named, or the named one is another state machine's. */
export const DEFAULT_CASE = 'HappyPath';

/** The mocks of one state machine: what its test case answers, counted per execution. */
export interface Mocks {
  /** As the resource's metadata gives it: relative to the workspace. Undefined: it has none. */
  readonly file: string | undefined;
  /** Key under StateMachines, for messages and for what a user must add. */
  readonly key: string;
  /** Undefined: the file has neither the named case nor HappyPath. */
  readonly caseName: string | undefined;
  readonly testCase: TestCase | undefined;
  /** All of the file for this state machine, by name: a target of a run may have another. */
  readonly cases: ReadonlyMap<string, TestCase>;
  /** Its entries for states that the state machine does not have, as paths in the file. */
  readonly strays: readonly string[];
}

export interface ReadMocksOptions {
  readonly stateMachines: readonly StateMachine[];
  readonly workspaceRoot: string;
  /** Absolute: answers for every state machine that it names, in place of the machine's own file. */
  readonly file?: string;
  /** The test case to use where a state machine has it. */
  readonly caseName?: string;
  /** The test cases of some targets of a run, or state machines: by id, or by name. */
  readonly casesOf?: ReadonlyMap<string, string>;
}

/**
 * Reads the mock configuration of each state machine that names one.
 * @returns by state machine ARN
 * @throws LocalError MOCKS_INVALID; UNKNOWN_MOCK_CASE when no state machine has
 * the named case: most likely a slip, and everything would quietly run on HappyPath
 */
export async function readMocks(options: ReadMocksOptions): Promise<ReadonlyMap<string, Mocks>> {
  const { stateMachines, workspaceRoot, caseName } = options;
  const common =
    options.file === undefined ? undefined : await readCommon(options.file, stateMachines);
  const files = new Map<string, Promise<MockConfiguration | undefined>>();
  const read = (file: string): Promise<MockConfiguration | undefined> => {
    let configuration = files.get(file);
    if (configuration === undefined) {
      files.set(file, (configuration = readConfiguration(workspaceRoot, file)));
    }
    return configuration;
  };
  const mocks = new Map<string, Mocks>();
  const known = new Set<string>();
  const { casesOf = new Map<string, string>() } = options;
  for (const machine of stateMachines) {
    const own = names(machine).some((name) => common?.stateMachines.has(name) === true);
    const file = own ? options.file : machine.mocks;
    const configuration = own ? common : file === undefined ? undefined : await read(file);
    const key = keyOf(machine, configuration);
    const cases = configuration?.stateMachines.get(key);
    for (const name of cases?.keys() ?? []) known.add(name);
    const chosen = [casesOf.get(key), caseName, DEFAULT_CASE].find(
      (name) => name !== undefined && cases?.has(name),
    );
    mocks.set(machine.arn, {
      file: file ?? options.file,
      key,
      caseName: chosen,
      testCase: chosen === undefined ? undefined : cases?.get(chosen),
      cases: cases ?? new Map<string, TestCase>(),
      strays: straysOf(machine, key, cases ?? new Map<string, TestCase>()),
    });
  }
  const unknown = [caseName, ...casesOf.values()].find(
    (name) => name !== undefined && !known.has(name),
  );
  if (unknown !== undefined) {
    throw new LocalError(
      'UNKNOWN_MOCK_CASE',
      `No mock configuration has the test case ${JSON.stringify(unknown)}. Known: ${[...known].sort().join(', ') || 'none'}.`,
    );
  }
  return mocks;
}

function straysOf(
  { definition }: StateMachine,
  key: string,
  cases: ReadonlyMap<string, TestCase>,
): readonly string[] {
  const states = new Set(statesIn(definition));
  return [...cases].flatMap(([name, testCase]) =>
    [...testCase.keys()]
      .filter((state) => !states.has(state))
      .map((state) => `StateMachines.${key}.TestCases.${name}.${state}`),
  );
}

/** @throws LocalError MOCKS_INVALID where it cannot be read, or names none of the state machines */
async function readCommon(
  file: string,
  machines: readonly StateMachine[],
): Promise<MockConfiguration> {
  const configuration = await readConfiguration('', file);
  if (configuration === undefined) {
    throw new LocalError('MOCKS_INVALID', `There is no mock configuration ${file}.`);
  }
  const known = machines.flatMap(names);
  if (known.some((name) => configuration.stateMachines.has(name))) return configuration;
  const has = [...configuration.stateMachines.keys()].join(', ') || 'none';
  throw new LocalError(
    'MOCKS_INVALID',
    `${file} has mocks of ${has}, and of no state machine that runs here: ${known[0] ?? ''}.`,
  );
}

function names(machine: StateMachine): string[] {
  return [shortName(machine), machine.name, machine.logicalId];
}

function shortName(machine: StateMachine): string {
  return machine.contract?.name ?? machine.orchestration?.name ?? machine.name;
}

/** The mock configuration calls a child by its own name; the stage's full name works as well. */
function keyOf(machine: StateMachine, configuration: MockConfiguration | undefined): string {
  const has = (name: string): boolean => configuration?.stateMachines.has(name) === true;
  return [machine.name, machine.logicalId].find(has) ?? shortName(machine);
}

/** Undefined when there is no such file: a child may need no mocks, and its path is always given. */
async function readConfiguration(
  workspaceRoot: string,
  file: string,
): Promise<MockConfiguration | undefined> {
  const text = await readTextIfThere(
    resolve(workspaceRoot, file),
    `The mock configuration ${file}`,
  );
  return text === undefined ? undefined : parseMockConfiguration(text, file);
}

/** What a mocked Task answers on one call. */
export type MockAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'exhausted'; readonly call: number; readonly answered: number }
  | { readonly kind: 'unmatched'; readonly call: number }
  | { readonly kind: 'response'; readonly call: number; readonly response: PlainResponse };

/** The call that is to be answered, as far as that matters. */
export type MockedCall = Pick<
  TaskRequest,
  'executionArn' | 'stateMachineArn' | 'stateName' | 'input' | 'context'
>;

/**
 * Counts calls per execution and state: retries, loops and Map iterations of one execution all take
 * the next number; another execution starts at 0, unless the entry counts across them.
 */
export class MockCounter {
  readonly #calls = new Map<string, number>();

  answer(mocks: Mocks | undefined, request: MockedCall): MockAnswer {
    const state = mocks?.testCase?.get(request.stateName);
    if (state === undefined) return { kind: 'none' };
    const counted = state.countsAcross
      ? `${request.stateMachineArn} ${runIdOf(request) ?? ''}`
      : request.executionArn;
    const key = `${counted} ${request.stateName}`;
    const call = this.#calls.get(key) ?? 0;
    this.#calls.set(key, call + 1);
    const found = state.calls.find(({ from, to }) => from <= call && call <= to)?.response;
    if (found === undefined) {
      return { kind: 'exhausted', call, answered: (state.calls.at(-1)?.to ?? -1) + 1 };
    }
    if (found.kind !== 'choice') return { kind: 'response', call, response: found };
    const option = found.options.find(
      ({ parameters }) => parameters === undefined || holds(request.input, parameters),
    );
    return option === undefined
      ? { kind: 'unmatched', call }
      : { kind: 'response', call, response: option.response };
  }
}

/** The mocks with the test case of the target that a call belongs to. */
export function ofTarget(
  mocks: Mocks | undefined,
  casesOf: ReadonlyMap<string, string> | undefined,
  request: Pick<MockedCall, 'context'>,
): Mocks | undefined {
  if (mocks === undefined || casesOf === undefined || casesOf.size === 0) return mocks;
  // An orchestrator gives `RUN:TARGET`, and a target's id has no colon.
  const target = runIdOf(request)?.split(':').at(-1);
  const caseName = target === undefined ? undefined : casesOf.get(target);
  const testCase = caseName === undefined ? undefined : mocks.cases.get(caseName);
  return testCase === undefined ? mocks : { ...mocks, caseName, testCase };
}

function runIdOf({ context }: Pick<MockedCall, 'context'>): string | undefined {
  const execution = context['Execution'];
  const input = isObject(execution) ? execution['Input'] : undefined;
  const runId = isObject(input) ? input['runId'] : undefined;
  return typeof runId === 'string' ? runId : undefined;
}

/** Whether a value has all that a pattern has; lists are compared item by item. */
function holds(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) &&
      value.length === pattern.length &&
      pattern.every((item, index) => holds(value[index], item))
    );
  }
  if (!isObject(pattern)) return value === pattern;
  return (
    isObject(value) &&
    Object.entries(pattern).every(([key, item]) => key in value && holds(value[key], item))
  );
}
