import {
  Engine,
  InvalidDefinition,
  TaskFailure,
  virtualClock,
  type Json,
  type ObjectStore,
  type TaskRequest,
} from '../src/index.ts';
import type { SuiteCase } from './suite.ts';

/** What an engine made of a case, in the form of its `expect`. */
export interface Observed {
  readonly status?: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly events?: readonly string[];
  readonly refused?: readonly string[];
}

const arnOf = (name: string): string =>
  `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const roleArn = 'arn:aws:iam::123456789012:role/main';

/** Runs one case on this engine. */
export async function runCase(suiteCase: SuiteCase): Promise<Observed> {
  const { definition, type = 'STANDARD', input, machines = {} } = suiteCase;
  const events: string[] = [];
  const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:main:run';
  const engine = new Engine({
    clock: virtualClock(Date.parse('2026-01-31T12:00:00Z')),
    runTask: answering(suiteCase),
    objectStore: storeOf(suiteCase.objects),
    onEvent: ({ executionArn: of, event }) => {
      if (of === executionArn) events.push(event.type);
    },
  });
  try {
    for (const [name, machine] of Object.entries(machines)) {
      engine.addStateMachine({ arn: arnOf(name), name, roleArn, ...machine });
    }
    engine.addStateMachine({ arn: arnOf('main'), name: 'main', roleArn, definition, type });
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    return { refused: error.diagnostics.map(({ pointer }) => pointer) };
  }
  const execution = engine.startExecution({ stateMachineArn: arnOf('main'), name: 'run', input });
  const { status, output, error, cause } = await execution.result;
  return {
    status,
    events,
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

function answering({ answers = {} }: SuiteCase): (request: TaskRequest) => Promise<Json> {
  const calls = new Map<string, number>();
  return async ({ stateName }) => {
    const given = answers[stateName] ?? [];
    const call = calls.get(stateName) ?? 0;
    calls.set(stateName, call + 1);
    const answer = given[Math.min(call, given.length - 1)];
    if (answer === undefined) throw new Error(`the case has no answer for '${stateName}'`);
    if ('error' in answer) throw new TaskFailure(answer.error, answer.cause);
    return answer.output;
  };
}

function storeOf(objects: SuiteCase['objects'] = {}): ObjectStore {
  const bytes = new Map<string, Uint8Array>(
    Object.entries(objects).map(([path, text]) => [path, new TextEncoder().encode(text)]),
  );
  return {
    getObject: async (bucket, key) => bytes.get(`${bucket}/${key}`),
    putObject: async (bucket, key, body) => void bytes.set(`${bucket}/${key}`, body),
    listObjects: async (bucket, prefix) =>
      [...bytes]
        .filter(([path]) => path.startsWith(`${bucket}/${prefix}`))
        .map(([path, { length: size }]) => ({
          key: path.slice(bucket.length + 1),
          size,
          lastModified: 0,
          etag: '""',
        })),
  };
}
