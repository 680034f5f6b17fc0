import {
  answerFaults,
  awsModels,
  type AwsCall,
  type AwsModels,
  type CallModel,
  canGive,
  type FieldValidationMode,
  nearest,
} from '@harmony/aws-calls';
import { readDefinitionText, statesIn } from '@harmony/engine/validate';
import { isObject } from '@harmony/schema';
import type { Finding, FindingPlace } from '../finding.ts';
import { callsIn } from '../permissions/calls.ts';
import type { LintCode } from './reporter.ts';
import { below } from './scope.ts';

/** A child's `mocks.json`. */
export interface MocksSource {
  /** As messages should name it. */
  readonly file: string;
  readonly text: string;
  /** The state machine whose test cases are held to their calls. */
  readonly child: string;
}

export type MockFinding = Finding<LintCode> & Required<FindingPlace>;

type Known = Extract<CallModel, { kind: 'known' }>;

/** A state whose answers are mocked. */
interface Mocked {
  readonly state: string;
  readonly call: AwsCall;
  readonly model: Known;
}

/** Holds what mocks answer to what the calls of a state machine can give. */
export function lintMocks(
  definition: unknown,
  { file, text, child }: MocksSource,
  models: AwsModels,
): readonly MockFinding[] {
  const { value, problems, at } = readDefinitionText(text);
  const [problem] = problems;
  if (problem !== undefined || !isObject(value)) {
    const { message, line, column } = problem ?? { message: 'it is no object', line: 1, column: 1 };
    const place = { file, line, column };
    return [{ code: 'MOCKS_UNREADABLE', severity: 'error', path: '', message, ...place }];
  }
  const found = new Map<string, MockFinding>();
  const report: Report = (code, severity, path, message) =>
    void found.set(`${path} ${message}`, { code, severity, path, message, file, ...at(path) });
  const calls = callsIn(definition).filter(
    ({ by, call }) => by === 'Task' && call.isDirect !== true,
  );
  for (const [state, name] of answered(value, child)) {
    const answers = part(value, 'MockedResponses', name);
    for (const { call } of calls.filter((each) => each.state === state)) {
      const model = models.of(call);
      if (model.kind !== 'known') continue;
      for (const [number, answer] of Object.entries(answers)) {
        const pointer = below('', 'MockedResponses', name, number);
        if (isObject(answer)) checkAnswer({ state, call, model }, answer, pointer, report);
      }
    }
  }
  const states = statesIn(definition);
  for (const [testCase, entries] of Object.entries(casesOf(value, child))) {
    for (const state of Object.keys(isObject(entries) ? entries : {})) {
      if (states.includes(state)) continue;
      const near = nearest(state, states);
      const hint = near === undefined ? '' : `: did you mean ${near}?`;
      const at = below('', 'StateMachines', child, 'TestCases', testCase, state);
      report('MOCK_STATE_UNKNOWN', 'error', at, `is no state of the state machine${hint}`);
    }
  }
  return [...found.values()];
}

type Report = (
  code: LintCode,
  severity: 'error' | 'warning',
  path: string,
  message: string,
) => void;

function checkAnswer(
  { state, call, model }: Mocked,
  answer: Readonly<Record<string, unknown>>,
  pointer: string,
  report: Report,
): void {
  const options = part(answer, 'Harmony')['When'];
  for (const [index, option] of Array.isArray(options) ? options.entries() : []) {
    const place = below(pointer, 'Harmony', 'When', index);
    if (isObject(option)) checkAnswer({ state, call, model }, option, place, report);
  }
  const mode = (answer['FieldValidationMode'] ?? 'STRICT') as FieldValidationMode;
  const name = `${call.service}:${call.action}`;
  if (model.output !== undefined && 'Return' in answer) {
    for (const { kind, path, message } of answerFaults(answer['Return'], model.output, mode)) {
      const at = below(pointer, 'Return', ...path);
      const said = `${message} (${name}, in the state ${state})`;
      if (kind === 'missing') report('MOCK_MEMBER_MISSING', 'warning', at, said);
      else report('MOCK_RETURN', 'error', at, said);
    }
  }
  const error = part(answer, 'Throw')['Error'];
  if (mode === 'NONE' || typeof error !== 'string') return;
  const verdict = canGive(error, call, model);
  if (verdict.can) return;
  const near = verdict.near === undefined ? '' : `: did you mean ${verdict.near}?`;
  const message = `${error} is no error that ${name} can give, which the state ${state} calls${near}`;
  report('MOCK_THROW', 'error', below(pointer, 'Throw', 'Error'), message);
}

/** Each state of the child's test cases with the name of its answers, once. */
function answered(mocks: Readonly<Record<string, unknown>>, child: string): [string, string][] {
  const pairs = Object.values(casesOf(mocks, child))
    .filter(isObject)
    .flatMap((each) => Object.entries(each))
    .filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return [...new Map(pairs.map((pair) => [pair.join('\n'), pair])).values()];
}

function casesOf(mocks: unknown, child: string): Readonly<Record<string, unknown>> {
  return part(mocks, 'StateMachines', child, 'TestCases');
}

/** The object at a path; an empty one where there is none. */
function part(value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  let at = value;
  for (const step of path) at = isObject(at) ? at[step] : undefined;
  return isObject(at) ? at : {};
}

/** A mock of TestState. https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html */
export interface TestStateMock {
  /** JSON, or JSON as a text. */
  readonly result?: unknown;
  readonly fieldValidationMode?: FieldValidationMode;
}

/**
 * What TestState would refuse of a mock's result: where it differs from what the state's call gives.
 * @param state in a whole definition; undefined where the definition is that of one state
 * @param folders absolute: clients that are installed there or above describe their services
 */
export function refusedOfMock(
  definition: unknown,
  state: string | undefined,
  { result, fieldValidationMode = 'STRICT' }: TestStateMock,
  folders: readonly string[],
): readonly string[] {
  if (result === undefined || fieldValidationMode === 'NONE') return [];
  const machine = state === undefined ? { States: { '': definition } } : definition;
  const found = callsIn(machine).find(
    (each) => each.by === 'Task' && !each.call.isDirect && each.state === (state ?? ''),
  );
  const model = found && awsModels(...folders).of(found.call);
  if (model?.kind !== 'known' || model.output === undefined) return [];
  const value: unknown = typeof result === 'string' ? fromText(result) : result;
  return answerFaults(value, model.output, fieldValidationMode).map(
    ({ path, message }) => `${['result', ...path].join('.')} ${message}`,
  );
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
