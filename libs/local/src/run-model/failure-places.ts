import type { HistoryEvent } from '@harmony/engine';
import type { LocalEvent } from '../events.ts';

/** The state in which an execution failed. */
export interface FailurePlace {
  /** Name of the state machine. */
  readonly stateMachine: string;
  readonly executionArn: string;
  readonly state: string;
}

interface Step {
  /** The event that led to it: `previousEventId` of the history. */
  readonly previous: number;
  /** Name of the state, where the event enters one. */
  readonly state: string | undefined;
  /** The execution that it started and waits for. */
  readonly child: string | undefined;
}

interface Recorded {
  readonly stateMachine: string;
  readonly steps: Map<number, Step>;
  failed: number | undefined;
}

const FAILED: ReadonlySet<HistoryEvent['type']> = new Set(['ExecutionFailed', 'ExecutionTimedOut']);

/**
 * Finds where executions failed, from what their histories say while they run: an execution's last
 * event is led back to the state that it came from, and from a state that waited for another
 * execution to the place in that one.
 */
export class FailurePlaces {
  readonly #executions = new Map<string, Recorded>();

  apply(event: LocalEvent): void {
    if (event.code !== 'HISTORY_RECORDED') return;
    const { executionArn, stateMachine, event: recorded } = event;
    let execution = this.#executions.get(executionArn);
    if (execution === undefined) {
      execution = { stateMachine, steps: new Map(), failed: undefined };
      this.#executions.set(executionArn, execution);
    }
    execution.steps.set(recorded.id, {
      previous: recorded.previousEventId,
      state: nameOf(recorded),
      child: childOf(recorded),
    });
    if (FAILED.has(recorded.type)) execution.failed = recorded.id;
    // Thousands of executions of a Distributed Map would else be kept.
    if (recorded.type === 'ExecutionSucceeded') this.#executions.delete(executionArn);
  }

  /** Undefined for an execution that did not fail, or failed in no state of its own. */
  of(executionArn: string): FailurePlace | undefined {
    const execution = this.#executions.get(executionArn);
    if (execution?.failed === undefined) return undefined;
    let child: string | undefined;
    for (let id = execution.failed; id > 0;) {
      const step = execution.steps.get(id);
      if (step === undefined) return undefined;
      child ??= step.child;
      if (step.state !== undefined) {
        const { stateMachine } = execution;
        const here = { stateMachine, executionArn, state: step.state };
        return child === undefined ? here : (this.of(child) ?? here);
      }
      id = step.previous;
    }
    return undefined;
  }
}

function nameOf({ stateEnteredEventDetails: entered }: HistoryEvent): string | undefined {
  return entered === undefined ? undefined : String(entered.name);
}

/** What a nested start has answered with, when it was asked to wait for it. */
function childOf({ taskSubmittedEventDetails: details }: HistoryEvent): string | undefined {
  if (details?.resourceType !== 'states' || typeof details.output !== 'string') return undefined;
  const arn = (JSON.parse(details.output) as Record<string, unknown> | null)?.['ExecutionArn'];
  return typeof arn === 'string' ? arn : undefined;
}
