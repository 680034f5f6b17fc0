import type { ExecutionStatus, HistoryEvent } from '@harmony/engine';
import type { LocalEvent } from '../events.ts';

/** One execution of a run as it was watched. */
export interface RecordedExecution {
  readonly executionArn: string;
  /** Name of the state machine; of a Map Run's child execution: that of the Map's. */
  readonly stateMachine: string;
  /** Label of the Map Run whose child execution it is. */
  readonly mapRun: string | undefined;
  /** Its number among the child executions of its Map Run, from 0: the item, or the batch. */
  readonly item: number | undefined;
  /** Event with id n at n - 1; empty where too much was recorded to keep it. */
  readonly events: HistoryEvent[];
  status: ExecutionStatus;
}

/** Events of all executions together that are kept: about 1 KB each. */
const MOST_EVENTS = 250_000;

/**
 * Keeps the history of every execution of a run. In a run of more events than anybody reads, those of
 * executions that succeeded are let go, the latest first.
 */
export class Histories {
  readonly #executions = new Map<string, RecordedExecution>();
  /** Map Run -> child executions. */
  readonly #children = new Map<string, RecordedExecution[]>();
  #events = 0;

  apply(event: LocalEvent): void {
    if (event.code === 'EXECUTION_ENDED') {
      const ended = this.#executions.get(event.executionArn);
      if (ended === undefined) return;
      ended.status = event.status;
      if (event.status !== 'SUCCEEDED' || this.#events <= MOST_EVENTS) return;
      this.#events -= ended.events.length;
      ended.events.length = 0;
      return;
    }
    if (event.code !== 'HISTORY_RECORDED') return;
    const { executionArn, stateMachine } = event;
    const execution = this.#executions.get(executionArn) ?? this.#add(executionArn, stateMachine);
    execution.events.push(event.event);
    this.#events++;
  }

  of(executionArn: string): RecordedExecution | undefined {
    return this.#executions.get(executionArn);
  }

  /** The child executions of a Map Run, in order of start. */
  childrenOf(mapRunArn: string): readonly RecordedExecution[] {
    return this.#children.get(labelOf(mapRunArn)) ?? [];
  }

  #add(executionArn: string, stateMachine: string): RecordedExecution {
    const label = labelOf(executionArn);
    const mapRun = label.includes('/') ? label : undefined;
    let siblings: RecordedExecution[] | undefined;
    if (mapRun !== undefined) {
      siblings = this.#children.get(mapRun);
      if (siblings === undefined) this.#children.set(mapRun, (siblings = []));
    }
    const execution: RecordedExecution = {
      executionArn,
      stateMachine: mapRun?.slice(0, mapRun.lastIndexOf('/')) ?? stateMachine,
      mapRun,
      item: siblings?.length,
      events: [],
      status: 'RUNNING',
    };
    siblings?.push(execution);
    this.#executions.set(executionArn, execution);
    return execution;
  }
}

/** `machine`, or `machine/label` in a Map Run: arn:aws:states:region:account:execution:HERE:name */
function labelOf(arn: string): string {
  return arn.split(':')[6] ?? '';
}
