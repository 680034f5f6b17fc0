import type { HistoryEvent } from '@harmony/engine';
import type { StateMachine } from '@harmony/assembly';
import { pointerOf } from '@harmony/schema/paths';
import { stateIn } from './definition-places.ts';
import type { DefinitionPlaces, SourcePlace } from './definition-places.ts';
import type { Histories, RecordedExecution } from './histories.ts';
import { framesOf, statesAround } from './frames.ts';
import type { Frame } from './frames.ts';

/** A state on the way to a failure. */
export interface PlaceStep {
  /** Name of the state machine. */
  readonly stateMachine: string;
  readonly executionArn: string;
  readonly state: string;
  /** Of a Map: which item, from 0. Of a Map Run with batches: which batch. */
  readonly item?: number;
  /** Of a Parallel: which branch, from 0. */
  readonly branch?: number;
}

/** The state in which an execution failed, as deep as it goes. */
export interface FailurePlace extends PlaceStep {
  /** How the run came there, the outermost first; the last is the state itself. */
  readonly path: readonly PlaceStep[];
  /** The state's input, as JSON text. */
  readonly input?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Where its definition was written: of the state, or of the expression that failed. */
  readonly source?: SourcePlace;
  /** Of a failed evaluation: the field, `Output/items[0]`, and what stands there. */
  readonly field?: string;
  readonly expression?: string;
  /** Of a failed handler: `apps/…/src/….ts:line:column`, the innermost first, no packages. */
  readonly code?: readonly string[];
}

export interface FailurePlacesOptions {
  readonly histories: Histories;
  readonly machines: readonly StateMachine[];
  readonly definitions: DefinitionPlaces;
}

const FAILED: ReadonlySet<unknown> = new Set<HistoryEvent['type']>([
  'ExecutionFailed',
  'ExecutionTimedOut',
]);

/**
 * Finds where executions failed, from their histories: an execution's last event is led back to the
 * state that it came from, and from a state that waited for another execution to the place in that one.
 */
export class FailurePlaces {
  readonly #options: FailurePlacesOptions;

  constructor(options: FailurePlacesOptions) {
    this.#options = options;
  }

  /** Undefined for an execution that did not fail, or failed in no state of its own. */
  of(executionArn: string): FailurePlace | undefined {
    const execution = this.#options.histories.of(executionArn);
    return execution && this.#in(execution, []);
  }

  /** @param around names of the states around the execution's: the Map whose child execution it is */
  #in(execution: RecordedExecution, around: readonly string[]): FailurePlace | undefined {
    const { events, stateMachine, executionArn } = execution;
    const last = events.at(-1);
    if (last === undefined || !FAILED.has(last.type)) return undefined;
    const open = statesAround(framesOf(events)[failedAt(events, last.previousEventId)]);
    const names = [...around, ...open.map(({ name }) => name)];
    const state = open.at(-1);
    if (state === undefined) return undefined;
    const machine = this.#options.machines.find(({ name }) => name === stateMachine);
    const found = machine && stateIn(machine.definition, names);
    const child = this.#childAt(events, last.previousEventId);
    const steps = open.map((each, index): PlaceStep => {
      const item = index === open.length - 1 ? child?.item : each.item;
      const branch = found?.branches.get(each.name);
      return {
        ...{ stateMachine, executionArn, state: each.name },
        ...(item === undefined ? {} : { item }),
        ...(branch === undefined ? {} : { branch }),
      };
    });
    const inner = child && this.#in(child, child.mapRun === undefined ? [] : names);
    if (inner !== undefined) return { ...inner, path: [...steps, ...inner.path] };
    const evaluated = evaluationOf(events, last.previousEventId);
    const pointer = found && `${found.pointer}${evaluated?.pointer ?? ''}`;
    return {
      ...(steps.at(-1) as PlaceStep),
      path: steps,
      ...facts(last, state),
      ...optional('source', machine && pointer && this.#sourceOf(machine, pointer)),
      ...(evaluated === undefined ? {} : evaluated.facts(found?.state)),
    };
  }

  #sourceOf(machine: StateMachine, pointer: string): SourcePlace | undefined {
    return this.#options.definitions.placeOf(machine, pointer);
  }

  /** The failed execution that a state waited for: one that it started, or one of its Map Run. */
  #childAt(events: readonly HistoryEvent[], id: number): RecordedExecution | undefined {
    const { histories } = this.#options;
    for (let at = events[id - 1]; at !== undefined; at = events[at.previousEventId - 1]) {
      const arn = startedBy(at);
      if (arn !== undefined) return histories.of(arn);
      const { mapRunArn } = at.mapRunStartedEventDetails ?? {};
      if (typeof mapRunArn === 'string') {
        const children = histories.childrenOf(mapRunArn);
        return children.find(({ events: theirs }) => FAILED.has(theirs.at(-1)?.type));
      }
      if (at.stateEnteredEventDetails !== undefined) return undefined;
    }
    return undefined;
  }
}

/** What a nested start has answered with, when it was asked to wait for it. */
function startedBy({ taskSubmittedEventDetails: details }: HistoryEvent): string | undefined {
  if (details?.['resourceType'] !== 'states' || typeof details['output'] !== 'string') return;
  const arn = (JSON.parse(details['output']) as Record<string, unknown> | null)?.['ExecutionArn'];
  return typeof arn === 'string' ? arn : undefined;
}

function facts(last: HistoryEvent, { input }: Frame): Partial<FailurePlace> {
  const { error, cause } =
    last.executionFailedEventDetails ?? last['executionTimedOutEventDetails'] ?? {};
  return {
    ...optional('input', input),
    ...optional('error', typeof error === 'string' ? error : undefined),
    ...optional('cause', typeof cause === 'string' ? cause : undefined),
    ...optional('code', typeof cause === 'string' ? codeIn(cause) : undefined),
  };
}

/** Places in the workspace's own sources that the stack of a handler's error names. */
function codeIn(cause: string): readonly string[] | undefined {
  if (!cause.startsWith('{')) return undefined;
  let trace: unknown;
  try {
    ({ trace } = JSON.parse(cause) as { trace?: unknown });
  } catch {
    return undefined;
  }
  if (!Array.isArray(trace)) return undefined;
  const places = trace.flatMap((line) => {
    const place = /^\s+at (?:.*\()?([^\s():]+:\d+:\d+)\)?$/.exec(String(line))?.[1];
    const isOwn = place !== undefined && !/^(?:\/|file:|node:)|(?:^|\/)node_modules\//.test(place);
    return isOwn ? [place] : [];
  });
  return places.length === 0 ? undefined : places;
}

/** The event that made the states around it fail, which tell so before the execution does. */
function failedAt(events: readonly HistoryEvent[], id: number): number {
  const event = events[id - 1];
  const told = event !== undefined && /^(?:Task|Map|Parallel)StateFailed$/.test(event.type);
  return told ? failedAt(events, event.previousEventId) : id;
}

interface Evaluated {
  /** Of the field, within the state. */
  readonly pointer: string;
  readonly facts: (state: Readonly<Record<string, unknown>> | undefined) => Partial<FailurePlace>;
}

/** The evaluation that made an execution fail, if one did. */
function evaluationOf(events: readonly HistoryEvent[], id: number): Evaluated | undefined {
  const field = events[failedAt(events, id) - 1]?.evaluationFailedEventDetails?.['location'];
  if (typeof field !== 'string') return undefined;
  const keys = field.split(/[/[\]]+/).filter((key) => key !== '');
  return {
    pointer: pointerOf(keys),
    facts: (state) => {
      let value: unknown = state;
      for (const key of keys) value = (value as Record<string, unknown> | undefined)?.[key];
      return { field, ...optional('expression', typeof value === 'string' ? value : undefined) };
    },
  };
}

function optional<K extends string, V>(key: K, value: V | undefined | ''): { [P in K]?: V } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { [P in K]?: V };
}
