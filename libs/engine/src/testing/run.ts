import {
  Engine,
  TaskFailure,
  virtualClock,
  type EngineOptions,
  type ExecutionEvent,
  type ExecutionResult,
  type HistoryEvent,
  type Json,
  type StateMachineDefinition,
  type StateMachineType,
  type TaskRequest,
} from '../index.ts';

export const start = Date.parse('2026-01-31T12:00:00Z');
export const arnOf = (name: string): string =>
  `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
export const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:f';

export type TaskAnswer = (request: TaskRequest) => Json | Promise<Json>;

export interface RunOptions extends Partial<Omit<EngineOptions, 'runTask'>> {
  readonly input?: Json;
  readonly type?: StateMachineType;
  readonly task?: TaskAnswer;
  /** More machines, by name. */
  readonly machines?: { readonly [name: string]: StateMachineDefinition };
}

export interface Ran {
  readonly result: ExecutionResult;
  /** The history of the execution itself. */
  readonly events: HistoryEvent[];
  /** Everything that was reported, children included. */
  readonly all: ExecutionEvent[];
  readonly engine: Engine;
}

/** An engine with the machine `main` under a virtual clock, and its recorded history. */
export function engineWith(
  definition: StateMachineDefinition,
  { task, machines, type, input: _input, ...options }: RunOptions = {},
): { engine: Engine; all: ExecutionEvent[] } {
  const all: ExecutionEvent[] = [];
  const engine = new Engine({
    clock: virtualClock(start),
    runTask: async (request) => {
      if (task === undefined)
        throw new TaskFailure('Test.NoTask', `no answer for ${request.stateName}`);
      return task(request);
    },
    ...options,
    onEvent: (event) => {
      all.push(event);
      options.onEvent?.(event);
    },
  });
  const roleArn = 'arn:aws:iam::123456789012:role/main';
  for (const [name, machine] of Object.entries({ ...machines, main: definition })) {
    engine.addStateMachine({
      arn: arnOf(name),
      name,
      definition: machine,
      roleArn,
      ...(name === 'main' && type !== undefined && { type }),
    });
  }
  return { engine, all };
}

/** Runs `main` to its end. */
export async function run(
  definition: StateMachineDefinition,
  options: RunOptions = {},
): Promise<Ran> {
  const { engine, all } = engineWith(definition, options);
  const execution = engine.startExecution({
    stateMachineArn: arnOf('main'),
    name: 'run',
    ...(options.input !== undefined && { input: options.input }),
  });
  const result = await execution.result;
  return { result, all, engine, events: eventsOf(all, execution.arn) };
}

export function eventsOf(all: readonly ExecutionEvent[], executionArn: string): HistoryEvent[] {
  return all.filter((of) => of.executionArn === executionArn).map(({ event }) => event);
}

/** `id<previous type`, the shape of a history. */
export function shape(events: readonly HistoryEvent[]): string[] {
  return events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
}

/** A machine of the given states, starting with the first. */
export function machine(states: { readonly [name: string]: Json }): StateMachineDefinition {
  return { StartAt: Object.keys(states)[0] ?? '', States: { ...states } };
}
