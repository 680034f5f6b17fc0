import type { Json, JsonObject } from '@harmony/engine';
import type { History } from '../replay/history.ts';
import { readable, type RecordedAnswer, type RecordedCall } from '../replay/recorded-calls.ts';
import type { Replay, Replayer } from '../replay/replay-history.ts';
import type { Redaction } from './redaction.ts';

/** What an execution becomes in a mock configuration. */
export interface RecordedCase {
  /** By state: its answers by call number, as `MockedResponses` has them. */
  readonly responses: ReadonlyMap<string, JsonObject>;
  /** What the execution was given. */
  readonly input: Json;
  /** Whether the definition still does what was recorded. */
  readonly replay: Replay;
}

/**
 * Makes a test case of an execution: what each Task answered, by state, in the order in which a run
 * of the definition asks; Tasks of a Map's iterations and retried ones ask in another order here
 * than they did on AWS, so the definition is run to know.
 * @param include which calls, by their resource (`lambda:invoke`) and state; default all
 */
export async function recordCase(
  history: History,
  replayer: Replayer,
  redaction: Redaction,
  include: (call: RecordedCall) => boolean = () => true,
): Promise<RecordedCase> {
  const answers = new Map<string, JsonObject[]>();
  const replay = await replayer.replay(history, (call) => {
    if (!include(call)) return;
    const { state } = call.place;
    const list = answers.get(state) ?? [];
    answers.set(state, list);
    list.push(redaction.value(responseOf(call.answer)));
  });
  const responses = new Map([...answers].map(([state, list]) => [state, numbered(list)]));
  const input = redaction.value(readable(history.events[0]?.details['input']));
  return { responses, input, replay };
}

function responseOf(answer: RecordedAnswer): JsonObject {
  switch (answer.kind) {
    case 'output':
      return { Return: answer.output };
    case 'error': {
      const { error: Error, cause: Cause } = answer;
      return { Throw: { Error, ...(Cause !== undefined && { Cause }) } };
    }
    case 'timeout':
      return { Throw: { Error: 'States.Timeout' } };
    case 'aborted':
      return {
        Throw: { Error: 'States.TaskFailed', Cause: 'Its execution ended before an answer.' },
      };
  }
}

/** `{ "0-2": …, "3": … }`: equal answers that follow each other are one entry. */
function numbered(answers: readonly JsonObject[]): JsonObject {
  const entries: [from: number, to: number, answer: JsonObject][] = [];
  for (const [call, answer] of answers.entries()) {
    const last = entries.at(-1);
    if (last !== undefined && JSON.stringify(last[2]) === JSON.stringify(answer)) last[1] = call;
    else entries.push([call, call, answer]);
  }
  return Object.fromEntries(
    entries.map(([from, to, answer]) => [from === to ? `${from}` : `${from}-${to}`, answer]),
  );
}

/**
 * Adds a case to a mock configuration's JSON.
 * @param key of the state machine under StateMachines
 * @returns a new value, or undefined where the case is there already
 */
export function withCase(
  mocks: JsonObject,
  { key, caseName }: { readonly key: string; readonly caseName: string },
  responses: RecordedCase['responses'],
): JsonObject | undefined {
  const machines = (mocks['StateMachines'] ?? {}) as Record<string, JsonObject>;
  const cases = (machines[key]?.['TestCases'] ?? {}) as JsonObject;
  if (Object.hasOwn(cases, caseName)) return undefined;
  const named = [...responses].map(
    ([state, answers]) => [state, `${caseName}: ${state}`, answers] as const,
  );
  return {
    ...mocks,
    StateMachines: {
      ...machines,
      [key]: {
        ...machines[key],
        TestCases: {
          ...cases,
          [caseName]: Object.fromEntries(named.map(([state, name]) => [state, name])),
        },
      },
    },
    MockedResponses: {
      ...((mocks['MockedResponses'] ?? {}) as JsonObject),
      ...Object.fromEntries(named.map(([, name, answers]) => [name, answers])),
    },
  };
}
