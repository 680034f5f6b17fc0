import { endingOf } from '@harmony/engine';
import type { ExecutionEvent, ExecutionStatus, HistoryEvent } from '@harmony/engine';
import type { OnLocalEvent } from './events.ts';
import type { ExecutionSummary } from './report.ts';

interface Entry {
  readonly executionArn: string;
  readonly stateMachine: string;
  readonly startDate: number;
  status: ExecutionStatus;
  stopDate?: number;
  parentExecutionArn?: string;
}

/** Reads the stream of history events into the list of executions, and tells of each. */
export class ExecutionLog {
  readonly #machineName: (arn: string) => string;
  readonly #onEvent: OnLocalEvent;
  readonly #executions = new Map<string, Entry>();
  /** Histories that somebody asked for; the others are not kept. */
  readonly #kept = new Map<string, HistoryEvent[]>();
  #early: ExecutionEvent[] | undefined;

  constructor(machineName: (arn: string) => string, onEvent: OnLocalEvent) {
    this.#machineName = machineName;
    this.#onEvent = onEvent;
  }

  record(recorded: ExecutionEvent): void {
    const { executionArn, stateMachineArn, event } = recorded;
    this.#early?.push(recorded);
    const stateMachine = this.#machineName(stateMachineArn);
    if (event.type === 'ExecutionStarted') this.#start(executionArn, stateMachine, event);
    const child = startedChild(event);
    const known = child === undefined ? undefined : this.#executions.get(child);
    if (known !== undefined) known.parentExecutionArn = executionArn;
    this.#kept.get(executionArn)?.push(event);
    this.#onEvent({ code: 'HISTORY_RECORDED', executionArn, stateMachine, event });
    const status = endingOf(event.type);
    const entry = this.#executions.get(executionArn);
    if (status === undefined || entry === undefined) return;
    entry.status = status;
    entry.stopDate = event.timestamp;
    const time = event.timestamp;
    this.#onEvent({ code: 'EXECUTION_ENDED', executionArn, stateMachine, time, status });
  }

  /**
   * Starts an execution and keeps its history from the first event, which may come before its ARN is
   * known: while it is being started.
   */
  keep<E extends { readonly arn: string }>(
    start: () => E,
  ): { readonly execution: E; readonly history: readonly HistoryEvent[] } {
    const early: ExecutionEvent[] = [];
    this.#early = early;
    try {
      const execution = start();
      const history = early
        .filter(({ executionArn }) => executionArn === execution.arn)
        .map(({ event }) => event);
      this.#kept.set(execution.arn, history);
      return { execution, history };
    } finally {
      this.#early = undefined;
    }
  }

  /** The execution and all that it led to, in order of start. */
  family(rootArn: string): ExecutionSummary[] {
    const family = new Set([rootArn]);
    const summaries: ExecutionSummary[] = [];
    // A parent starts before its children, so one pass finds every generation.
    for (const entry of this.#executions.values()) {
      const { executionArn, parentExecutionArn: parent } = entry;
      if (executionArn !== rootArn && !(parent !== undefined && family.has(parent))) continue;
      family.add(executionArn);
      summaries.push(summary(entry));
    }
    return summaries;
  }

  #start(executionArn: string, stateMachine: string, event: HistoryEvent): void {
    const input = event.executionStartedEventDetails?.input;
    const parentExecutionArn = typeof input === 'string' ? startedBy(input) : undefined;
    const time = event.timestamp;
    const parent = parentExecutionArn === undefined ? {} : { parentExecutionArn };
    this.#executions.set(executionArn, {
      executionArn,
      stateMachine,
      startDate: time,
      status: 'RUNNING',
      ...parent,
    });
    this.#onEvent({ code: 'EXECUTION_STARTED', executionArn, stateMachine, time, ...parent });
  }
}

function summary(entry: Entry): ExecutionSummary {
  const { executionArn, stateMachine, status, startDate, stopDate, parentExecutionArn } = entry;
  return {
    executionArn,
    stateMachine,
    status,
    startDate: new Date(startDate).toISOString(),
    ...(stopDate === undefined ? {} : { stopDate: new Date(stopDate).toISOString() }),
    ...(parentExecutionArn === undefined ? {} : { parentExecutionArn }),
  };
}

/** The input's own word for its parent: what AWS's console links by. */
function startedBy(input: string): string | undefined {
  // Parsing every input would cost more than the run of a small machine.
  if (!input.includes('"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"')) return undefined;
  const value = (JSON.parse(input) as Record<string, unknown> | null)?.[
    'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID'
  ];
  return typeof value === 'string' ? value : undefined;
}

/** The execution that a nested start has answered with, from the parent's own history. */
function startedChild(event: HistoryEvent): string | undefined {
  const details =
    event.type === 'TaskSubmitted'
      ? event.taskSubmittedEventDetails
      : event.type === 'TaskSucceeded'
        ? event.taskSucceededEventDetails
        : undefined;
  if (details?.resourceType !== 'states' || typeof details.output !== 'string') return undefined;
  if (!String(details.resource).startsWith('startExecution')) return undefined;
  const arn = (JSON.parse(details.output) as Record<string, unknown> | null)?.ExecutionArn;
  return typeof arn === 'string' ? arn : undefined;
}
