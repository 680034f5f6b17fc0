import type { RenderedOrchestrator } from '@harmony/artifact';
import { readExecutionArn, readFailure, readOutput } from './envelope.ts';
import type { HistoryEvent } from './history.ts';
import { detailsOf, isoDate, parseObject, textOf } from './history.ts';
import type { Outcome } from './outcome.ts';

type Findings = { -readonly [K in keyof Omit<Outcome, 'id' | 'child'>]?: Outcome[K] };

/** Follows one target through its events; a later attempt replaces what an earlier one left. */
export class TargetTrace {
  readonly #stateNamed: RenderedOrchestrator['stateNamed'];
  #found: Findings = {};
  #attempts = 0;
  #reached = false;
  /** An attempt failed, and nothing yet says that it was the last one. */
  #mayRetry = false;
  #aborted = false;

  constructor({ stateNamed }: Pick<RenderedOrchestrator, 'stateNamed'>) {
    this.#stateNamed = stateNamed;
  }

  add(event: HistoryEvent): void {
    this.#reached = true;
    const details = detailsOf(event);
    switch (event.type) {
      case 'MapIterationStarted':
        // Again after a redrive: what it left the first time no longer counts.
        this.#found = {};
        this.#mayRetry = false;
        this.#aborted = false;
        break;
      case 'MapIterationAborted':
        this.#aborted = true;
        break;
      case 'TaskStateExited':
      case 'MapIterationFailed':
        this.#mayRetry = false;
        break;
      case 'PassStateExited':
        this.#passed(textOf(details, 'name') ?? '', textOf(details, 'output'));
        break;
      case 'TaskScheduled':
        this.#scheduled(event);
        break;
      case 'TaskSubmitted':
        this.#set({ executionArn: readExecutionArn(textOf(details, 'output')) });
        break;
      case 'TaskSucceeded':
        this.#succeeded(event, textOf(details, 'output'));
        break;
      case 'TaskFailed':
      case 'TaskSubmitFailed':
      case 'TaskStartFailed':
        this.#failed(event, textOf(details, 'error') ?? event.type, textOf(details, 'cause'));
        break;
      case 'EvaluationFailed':
        if (this.#isRecording(textOf(details, 'state'))) break;
        this.#failed(event, textOf(details, 'error') ?? event.type, textOf(details, 'cause'));
        break;
      case 'TaskTimedOut':
        this.#failed(event, textOf(details, 'error') ?? 'States.Timeout', textOf(details, 'cause'));
        break;
    }
  }

  /** @param end how the run ended, for a target that it left without an outcome of its own */
  finish(end: {
    readonly reason: string;
    readonly stopDate: string | undefined;
    /** Whether the run was stopped, or ran out of time: nothing in it failed. */
    readonly stopped: boolean;
  }): Omit<Outcome, 'id' | 'child'> {
    const attempts = this.#attempts > 0 ? { attempts: this.#attempts } : {};
    const { status } = this.#found;
    if (this.#mayRetry && (this.#aborted || end.stopped)) {
      // It was waiting for its next attempt: what it has is the last one's error.
      const { stopDate = this.#found.stopDate } = end;
      const cut = { status: 'ABORTED', reason: `${end.reason}, between two attempts` } as const;
      return {
        ...this.#found,
        ...attempts,
        ...cut,
        ...(stopDate === undefined ? {} : { stopDate }),
      };
    }
    if (status !== undefined) return { status, ...this.#found, ...attempts };
    if (this.#attempts > 0) {
      const stopDate = end.stopDate === undefined ? {} : { stopDate: end.stopDate };
      return { status: 'ABORTED', reason: end.reason, ...this.#found, ...stopDate, ...attempts };
    }
    const waited = this.#reached ? ', before its child was started' : '';
    return { status: 'NOT_STARTED', reason: end.reason + waited };
  }

  /** A Cause that is no JSON makes its reading fail: the target failed before, and not of that. */
  #isRecording(state: string | undefined): boolean {
    const role = state === undefined ? undefined : this.#stateNamed(state)?.role;
    return role === 'readCause' || role === 'recordFailure';
  }

  #passed(state: string, output: string | undefined): void {
    const role = this.#stateNamed(state)?.role;
    const status = role === 'skip' ? 'SKIPPED' : role === 'blocked' ? 'BLOCKED' : undefined;
    if (status === undefined) return;
    const record = parseObject(output);
    const dependency = textOf(record, 'dependency');
    const reason = textOf(record, 'reason') ?? `its dependency ${dependency} did not succeed`;
    this.#set({ status, reason, dependency });
  }

  #scheduled(event: HistoryEvent): void {
    this.#attempts += 1;
    this.#mayRetry = false;
    const startDate = this.#found.startDate ?? isoDate(event);
    this.#found = {};
    this.#set({ startDate });
  }

  #succeeded(event: HistoryEvent, result: string | undefined): void {
    this.#set({ status: 'SUCCEEDED', stopDate: isoDate(event), output: readOutput(result) });
    this.#set({ executionArn: readExecutionArn(result) });
  }

  #failed(event: HistoryEvent, error: string, cause: string | undefined): void {
    this.#mayRetry = true;
    // An output that could not be kept belongs to no outcome of a target that failed after all.
    delete this.#found.output;
    this.#set({ ...readFailure(error, cause), stopDate: isoDate(event) });
  }

  #set(findings: { [K in keyof Findings]?: Findings[K] | undefined }): void {
    for (const [key, value] of Object.entries(findings)) {
      if (value !== undefined) Object.assign(this.#found, { [key]: value });
    }
  }
}
