import type { Json } from '@harmony/engine';
import { readJson } from '@harmony/schema/json-text';
import { LocalError } from '../errors.ts';

/** What one call of a mocked Task answers. */
export type MockedResponse =
  | PlainResponse
  /** The first whose parameters the call has. */
  | { readonly kind: 'choice'; readonly options: readonly MockedOption[] };

export type PlainResponse =
  | ({ readonly kind: 'return'; readonly value: Json } & Delay)
  | ({ readonly kind: 'throw'; readonly error: string; readonly cause: string | undefined } & Delay)
  /** Nobody answers: the state's timeout or heartbeat ends it. */
  | { readonly kind: 'silence' };

interface Delay {
  /** On the run's clock; absent: at once. */
  readonly afterSeconds?: number;
}

export interface MockedOption {
  /** What the call's parameters must have; absent: any call. */
  readonly parameters?: Json;
  readonly response: PlainResponse;
}

/** Responses by call number; `from` and `to` are both included, the first call is 0. */
export interface MockedCalls {
  readonly from: number;
  readonly to: number;
  readonly response: MockedResponse;
}

/** The responses of a state, in call order. */
export interface MockedState {
  readonly calls: readonly MockedCalls[];
  /** Whether calls are counted across the executions that one target of a run starts. */
  readonly countsAcross: boolean;
}

/** By state name. */
export type TestCase = ReadonlyMap<string, MockedState>;

/** Where what AWS's format does not say is said. */
const OURS = 'Harmony';

/**
 * A mock configuration, checked and with its references resolved.
 * The format is the one AWS Step Functions Local defined: AWS Step Functions developer guide,
 * "Configuration file for mocked service integrations".
 */
export interface MockConfiguration {
  /** As given to `parseMockConfiguration`: what messages name. */
  readonly file: string;
  /** State machine name -> test case name -> test case. */
  readonly stateMachines: ReadonlyMap<string, ReadonlyMap<string, TestCase>>;
}

/**
 * Reads a mock configuration.
 * @param file names the file in messages
 * @throws LocalError MOCKS_INVALID, with every problem: its path in the file and what to do
 */
export function parseMockConfiguration(text: string, file: string): MockConfiguration {
  const reading = readJson(text);
  if (!reading.ok) {
    const { line, column, reason } = reading.fault;
    throw new LocalError('MOCKS_INVALID', `${file}:${line}:${column}: it is not JSON: ${reason}.`);
  }
  const root = reading.value;
  const problems: string[] = [];
  const report = (path: string, message: string): void =>
    void problems.push(`  ${path}: ${message}`);
  const top = fields(root, '(root)', report);
  for (const key of Object.keys(top)) {
    if (key !== 'StateMachines' && key !== 'MockedResponses') {
      report(key, 'is not part of the format; remove it (known: StateMachines, MockedResponses)');
    }
  }
  const responses = new Map<string, MockedState>();
  for (const [name, value] of entries(top.MockedResponses ?? {}, 'MockedResponses', report)) {
    responses.set(name, parseState(value, `MockedResponses.${name}`, report));
  }
  const stateMachines = new Map<string, Map<string, TestCase>>();
  for (const [machine, value] of entries(top.StateMachines, 'StateMachines', report)) {
    stateMachines.set(machine, parseCases(value, `StateMachines.${machine}`, responses, report));
  }
  if (problems.length > 0) {
    throw new LocalError(
      'MOCKS_INVALID',
      `${file} is not a valid mock configuration:\n${problems.join('\n')}`,
    );
  }
  return { file, stateMachines };
}

type Report = (path: string, message: string) => void;

function parseCases(
  value: unknown,
  path: string,
  responses: ReadonlyMap<string, MockedState>,
  report: Report,
): Map<string, TestCase> {
  const cases = new Map<string, TestCase>();
  const machine = fields(value, path, report);
  for (const key of Object.keys(machine)) {
    if (key !== 'TestCases') {
      report(`${path}.${key}`, 'is not part of the format; remove it (known: TestCases)');
    }
  }
  for (const [name, states] of entries(machine.TestCases, `${path}.TestCases`, report)) {
    const at = `${path}.TestCases.${name}`;
    const testCase = new Map<string, MockedState>();
    for (const [state, reference] of entries(states, at, report)) {
      if (typeof reference !== 'string') {
        report(`${at}.${state}`, 'must be the name of an entry of MockedResponses');
        continue;
      }
      const calls = responses.get(reference);
      if (calls === undefined) {
        const known = [...responses.keys()].join(', ') || 'none';
        report(
          `${at}.${state}`,
          `names ${JSON.stringify(reference)}, which MockedResponses does not have; add it there (it has: ${known})`,
        );
        continue;
      }
      testCase.set(state, calls);
    }
    cases.set(name, testCase);
  }
  return cases;
}

function parseState(value: unknown, path: string, report: Report): MockedState {
  const ours = entries(value, path, report).find(([key]) => key === OURS)?.[1];
  const calls = parseCalls(value, path, report);
  if (ours === undefined) return { calls, countsAcross: false };
  const options = known(ours, `${path}.${OURS}`, ['CountAcross'], report);
  if (options['CountAcross'] !== 'Executions') {
    report(`${path}.${OURS}.CountAcross`, 'must be "Executions"');
  }
  return { calls, countsAcross: true };
}

function parseCalls(value: unknown, path: string, report: Report): readonly MockedCalls[] {
  const calls: MockedCalls[] = [];
  for (const [range, response] of Object.entries(isFields(value) ? value : {})) {
    if (range === OURS) continue;
    const at = `${path}[${JSON.stringify(range)}]`;
    const match = /^(\d+)(?:-(\d+))?$/.exec(range);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || from > to) {
      report(at, 'is not a call number: write "0" for the first call, "1-3" for the next three');
      continue;
    }
    const parsed = parseResponse(response, at, report);
    if (parsed !== undefined) calls.push({ from, to, response: parsed });
  }
  calls.sort((a, b) => a.from - b.from);
  for (const [index, call] of calls.entries()) {
    const next = calls[index + 1];
    if (next !== undefined && next.from <= call.to) {
      report(path, `call ${next.from} is answered twice; let the ranges not overlap`);
    } else if (next !== undefined && next.from > call.to + 1) {
      report(path, `no answer for call ${call.to + 1}; let the ranges leave no gap`);
    }
  }
  const first = calls[0];
  if (first === undefined) report(path, 'has no response; add "0"');
  else if (first.from > 0) report(path, 'no answer for call 0; calls count from 0');
  return calls;
}

/** How contracts lint holds an answer to what its call can give, as TestState's mocks say it. */
const MODES: readonly unknown[] = ['STRICT', 'PRESENT', 'NONE'];

function parseResponse(value: unknown, path: string, report: Report): MockedResponse | undefined {
  const ours = isFields(value) ? value[OURS] : undefined;
  if (!isFields(ours) || ours['When'] === undefined) return parsePlain(value, path, report);
  const at = `${path}.${OURS}`;
  known(value, path, [OURS], report);
  known(ours, at, ['When'], report);
  if (!Array.isArray(ours['When']) || ours['When'].length === 0) {
    report(`${at}.When`, 'must be a list of answers, each with the Parameters that it is for');
    return undefined;
  }
  const options = ours['When'].flatMap((option, index): MockedOption[] => {
    const place = `${at}.When[${index}]`;
    const { Parameters: parameters, ...rest } = fields(option, place, report);
    const response = parsePlain(rest, place, report);
    if (response === undefined) return [];
    return [{ response, ...(parameters !== undefined && { parameters: parameters as Json }) }];
  });
  return { kind: 'choice', options };
}

const ONE_OF = 'must have exactly one of Return (the result) and Throw ({ Error, Cause })';

function parsePlain(value: unknown, path: string, report: Report): PlainResponse | undefined {
  const { [OURS]: ours, FieldValidationMode: mode, ...response } = fields(value, path, report);
  const keys = Object.keys(response);
  if (mode !== undefined && !MODES.includes(mode)) {
    report(`${path}.FieldValidationMode`, `must be one of ${MODES.join(', ')}`);
  }
  const options =
    ours === undefined ? {} : known(ours, `${path}.${OURS}`, ['NoAnswer', 'AfterSeconds'], report);
  if (options['NoAnswer'] !== undefined) {
    if (options['NoAnswer'] === true && keys.length === 0 && Object.keys(options).length === 1) {
      return { kind: 'silence' };
    }
    report(`${path}.${OURS}.NoAnswer`, 'must be true, and stand alone: nobody answers');
    return undefined;
  }
  const { AfterSeconds: afterSeconds } = options;
  if (afterSeconds !== undefined && !(typeof afterSeconds === 'number' && afterSeconds >= 0)) {
    report(`${path}.${OURS}.AfterSeconds`, 'must be a number of seconds, 0 or more');
    return undefined;
  }
  const delay = typeof afterSeconds === 'number' ? { afterSeconds } : {};
  if (keys.length !== 1 || (keys[0] !== 'Return' && keys[0] !== 'Throw')) {
    report(path, ONE_OF);
    return undefined;
  }
  if (keys[0] === 'Return') return { kind: 'return', value: response.Return as Json, ...delay };
  const thrown = known(response.Throw, `${path}.Throw`, ['Error', 'Cause'], report);
  const { Error: error, Cause: cause } = thrown;
  if (typeof error !== 'string' || error === '') {
    report(
      `${path}.Throw.Error`,
      'must be the error name, e.g. "CostExplorer.LimitExceededException"',
    );
    return undefined;
  }
  if (cause !== undefined && typeof cause !== 'string') {
    report(`${path}.Throw.Cause`, 'must be text');
    return undefined;
  }
  return { kind: 'throw', error, cause, ...delay };
}

/** An object that has none but these fields. */
function known(
  value: unknown,
  path: string,
  names: readonly string[],
  report: Report,
): Record<string, unknown> {
  const found = fields(value, path, report);
  for (const key of Object.keys(found)) {
    if (names.includes(key)) continue;
    report(`${path}.${key}`, `is not part of the format; remove it (known: ${names.join(', ')})`);
  }
  return found;
}

function fields(value: unknown, path: string, report: Report): Record<string, unknown> {
  if (isFields(value)) return value;
  report(path, value === undefined ? 'is missing; add an object' : 'must be an object');
  return {};
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entries(value: unknown, path: string, report: Report): [string, unknown][] {
  return Object.entries(fields(value, path, report));
}
