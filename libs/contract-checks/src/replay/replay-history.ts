import {
  Engine,
  type HistoryEvent,
  type Json,
  StateMachines,
  type StateMachineOptions,
  TaskFailure,
  type TaskRequest,
  virtualClock,
} from '@harmony/engine';
import { type EventDifference, firstDifference } from './compare.ts';
import type { History, RecordedEvent } from './history.ts';
import { executionIn } from './names-in.ts';
import { Places } from './places.ts';
import {
  callKey,
  readable,
  type RecordedCall,
  recordedCalls,
  resourceOf,
} from './recorded-calls.ts';

export type Verdict =
  /** The same events, in all that means something. */
  | 'same'
  /** Other events, and the same end. */
  | 'other-path'
  | 'other-outcome'
  /** The definition makes a call that was not made then, so nobody knows what would come of it. */
  | 'unanswered';

/** Without the output: thousands of replays are kept for one report. */
export interface Outcome {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface Replay {
  /** Of the history. */
  readonly name: string;
  readonly verdict: Verdict;
  readonly recorded: Outcome;
  readonly now: Outcome;
  /** Where the replay leaves the record; absent where it does not. */
  readonly difference?: EventDifference;
}

const NO_RECORD = 'Harmony.NoRecord';

/** Runs past executions through a definition, each Task answered as it was then. */
export class Replayer {
  readonly #machine: StateMachineOptions;
  readonly #stages: readonly string[];
  readonly #machines = new StateMachines();

  /**
   * @param stages with whose names those of deployed resources begin
   * @throws InvalidDefinition
   */
  constructor(machine: StateMachineOptions, stages: readonly string[] = []) {
    this.#machine = machine;
    this.#stages = stages;
    this.#machines.add(machine);
  }

  /** @param onCall hears of each recorded call as it is made again, answered at once */
  async replay(history: History, onCall?: (call: RecordedCall) => void): Promise<Replay> {
    const redriven = history.events.find(({ type }) => type === 'ExecutionRedriven');
    if (redriven !== undefined) {
      const { id: eventId, type } = redriven;
      const why = 'it was redriven, and only the run up to there can be replayed';
      const [name, recorded] = [history.name, outcomeOf(history)];
      const difference = { eventId, type, state: '', why };
      return { name, verdict: 'unanswered', recorded, now: { status: 'NOT_REPLAYED' }, difference };
    }
    const run = new ReplayRun(history, this.#machine, this.#machines, onCall);
    const now = await run.end();
    const recorded = outcomeOf(history);
    const { name, events } = history;
    const like = {
      stages: this.#stages,
      from: events[0]?.timestamp ?? 0,
      to: events.at(-1)?.timestamp ?? 0,
      accounts: accountsIn(this.#machine.arn, ...events.map(({ details }) => details['roleArn'])),
      tokens: run.tokens,
    };
    if (run.unanswered !== undefined) {
      return { name, verdict: 'unanswered', recorded, now, difference: run.unanswered };
    }
    const difference = firstDifference(events, run.events, like);
    if (difference === undefined) return { name, verdict: 'same', recorded, now };
    const ends = firstDifference(events.slice(-1), run.events.slice(-1), like);
    const verdict = ends === undefined ? 'other-path' : 'other-outcome';
    return { name, verdict, recorded, now, difference };
  }
}

/** One execution of the definition on a clock of its own. */
class ReplayRun {
  readonly events: RecordedEvent[] = [];
  readonly tokens = new Set<string>();
  unanswered: EventDifference | undefined;
  readonly #places = new Places();
  readonly #attempts = new Map<string, number>();
  readonly #calls: ReadonlyMap<string, RecordedCall>;
  /** The call that was scheduled last: the engine asks for its answer at once. */
  #scheduled: { key: string; resource: string; event: RecordedEvent; state: string } | undefined;
  readonly #clock;
  readonly #engine: Engine;
  readonly #result;
  #arn: string | undefined;

  readonly #onCall: ((call: RecordedCall) => void) | undefined;

  constructor(
    history: History,
    machine: StateMachineOptions,
    stateMachines: StateMachines,
    onCall: ((call: RecordedCall) => void) | undefined,
  ) {
    this.#onCall = onCall;
    this.#calls = new Map(
      recordedCalls(history).map((call) => [callKey(call.place, call.attempt), call]),
    );
    const [started] = history.events;
    this.#clock = virtualClock(started?.timestamp ?? 0);
    this.#engine = new Engine({
      clock: this.#clock,
      stateMachines,
      interceptTask: () => true,
      taskPatienceMs: Infinity,
      runTask: (request) => this.#answer(request),
      onEvent: ({ executionArn, event }) => {
        // Its own first event comes before the engine hands the execution over.
        this.#arn ??= executionArn;
        if (executionArn === this.#arn) this.#record(event);
      },
      onStalled: () => {
        // Answers are timers of this clock, which the engine does not know of.
        if (!this.#clock.advance())
          execution.stop('Harmony.Stalled', 'Nothing was recorded that ends this wait.');
      },
    });
    const execution = this.#engine.startExecution({
      stateMachineArn: machine.arn,
      name: executionIn(history) ?? '00000000-0000-4000-8000-000000000000',
      input: readable(started?.details['input']),
    });
    const end = history.events.at(-1);
    if (end?.type === 'ExecutionAborted') {
      const { error, cause } = end.details as { error?: string; cause?: string };
      this.#clock.setTimer(end.timestamp, () => execution.stop(error, cause));
    }
    this.#result = execution.result;
  }

  async end(): Promise<Outcome> {
    const { status, error, cause } = await this.#result;
    return {
      status,
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    };
  }

  #record({ id, previousEventId, type, timestamp, ...rest }: HistoryEvent): void {
    const [details = {}] = Object.values(rest);
    const event = {
      id,
      previousEventId,
      type,
      timestamp,
      details: details as RecordedEvent['details'],
    };
    this.events.push(event);
    const place = this.#places.follow(event);
    if (!type.endsWith('Scheduled')) return;
    const visit = callKey(place, -1);
    const attempt = this.#attempts.get(visit) ?? 0;
    this.#attempts.set(visit, attempt + 1);
    const state = `${place.path}${place.state}`;
    const resource = resourceOf(event.details);
    this.#scheduled = { key: callKey(place, attempt), resource, event, state };
  }

  async #answer(request: TaskRequest): Promise<Json> {
    if (request.taskToken !== undefined) this.tokens.add(request.taskToken);
    const made = this.#scheduled;
    const call = made === undefined ? undefined : this.#calls.get(made.key);
    if (request.executionArn !== this.#arn || made === undefined) {
      return this.#noRecord(request.stateName, 1, 'TaskScheduled', distributed);
    }
    const { event, state, resource } = made;
    if (call === undefined) {
      return this.#noRecord(
        state,
        event.id,
        event.type,
        `no call of ${resource} was recorded here`,
      );
    }
    if (kindOf(call.resource) !== kindOf(resource)) {
      const why = `it calls ${resource}, and what was recorded is an answer of ${call.resource}`;
      return this.#noRecord(state, event.id, event.type, why);
    }
    this.#onCall?.(call);
    const { answer } = call;
    const duration = this.#onCall === undefined ? call.duration : 0;
    const waits = answer.kind === 'timeout' || answer.kind === 'aborted';
    if (waits || duration > 0) request.park();
    if (waits) return new Promise<Json>(() => {});
    if (duration > 0) {
      await new Promise<void>((resolve) =>
        this.#clock.setTimer(this.#clock.now() + duration, resolve),
      );
    }
    if (answer.kind === 'error') throw new TaskFailure(answer.error, answer.cause);
    return answer.output;
  }

  #noRecord(state: string, eventId: number, type: string, why: string): never {
    this.unanswered ??= { eventId, type, state, why };
    throw new TaskFailure(NO_RECORD, why, { fatal: true });
  }
}

const distributed =
  'the children of a Distributed Map have histories of their own, which are not read';

/** Which service and action; of a function only that it is one, since its ARN is a stage's. */
function kindOf(resource: string): string {
  return resource.startsWith('arn:') ? (resource.split(':')[2] ?? resource) : resource;
}

function outcomeOf({ events }: History): Outcome {
  const last = events.at(-1);
  const { error, cause } = last?.details ?? {};
  const status = (last?.type ?? '').replace('Execution', '').replace('TimedOut', 'Timed_Out');
  return {
    status: status.toUpperCase(),
    ...(typeof error === 'string' && { error }),
    ...(typeof cause === 'string' && { cause }),
  };
}

function accountsIn(...texts: readonly unknown[]): Set<string> {
  return new Set(texts.flatMap((text) => /:(\d{12}):/.exec(String(text))?.[1] ?? []));
}
