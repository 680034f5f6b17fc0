import type { RenderedOrchestrator, TargetEntry } from '@harmony/artifact';
import { START_FAILURES } from '../retry.ts';

/** History events and state transitions; Step Functions charges for transitions, retries too. */
export interface Cost {
  readonly events: number;
  readonly transitions: number;
}

/** What became of a target in a run, as far as its cost goes. */
export interface TargetRun {
  readonly ends: 'succeeded' | 'failed' | 'left out';
  /** Whether its Cause, where it failed, was no JSON that could be read. */
  readonly causeIsText?: boolean;
  /** Whether it waited for its delay. */
  readonly delayed: boolean;
  /** Attempts before the last, and events that each left. */
  readonly retries?: { readonly count: number; readonly events: number };
}

/** What a state leaves: entered and exited. */
const STATE_COST: Cost = { events: 2, transitions: 1 };
/** MapIterationStarted and -Succeeded; the Choice. */
const ITERATION: Cost = { events: 2 + 2, transitions: 1 };
/** Entered, TaskScheduled, TaskStarted, TaskSubmitted, TaskSucceeded or -Failed, exited. */
const EXECUTE: Cost = { events: 6, transitions: 1 };

/** *Record failure*: entered, started, succeeded, exited, and *Read cause* in it. */
const READ_CAUSE: Cost = { events: 4 + 2, transitions: 2 };
/** The evaluation fails in the Pass, and the Parallel with it; *Record text* comes on top. */
const CAUSE_NOT_READ: Cost = { events: 6, transitions: 2 };

/**
 * The exact cost of a run that reaches its end (not of one that `abort` or a timeout cut short).
 * Counted from the rendered states, so that it holds for what is deployed.
 */
export function runCost(rendered: RenderedOrchestrator, runs: readonly TargetRun[]): Cost {
  const fails = runs.some(({ ends }) => ends === 'failed');
  return [frameCost(rendered, fails), ...runs.map((run) => targetCost(rendered, run))].reduce(add);
}

function frameCost({ waves, has }: RenderedOrchestrator, fails: boolean): Cost {
  const fixed: Cost[] = [
    // ExecutionStarted, and the event that ends it.
    { events: 2, transitions: 0 },
    // Inject targets, Check debug, Summarise.
    times(3, STATE_COST),
    // MapStateEntered, -Started, -Succeeded, -Exited.
    times(waves, { events: 4, transitions: 1 }),
  ];
  if (!has('anyFailed')) return fixed.reduce(add);
  // A Fail state is entered and never exited.
  const last = fails ? { events: 1, transitions: 1 } : STATE_COST;
  return [...fixed, STATE_COST, last].reduce(add);
}

function targetCost({ has }: RenderedOrchestrator, run: TargetRun): Cost {
  const { ends, delayed, retries, causeIsText = false } = run;
  if (ends === 'left out') return add(ITERATION, STATE_COST);
  const parts = [ITERATION, EXECUTE];
  if (delayed) parts.push(STATE_COST);
  if (ends === 'failed') {
    if (has('recordFailure')) parts.push(causeIsText ? CAUSE_NOT_READ : READ_CAUSE);
    if (causeIsText || !has('recordFailure')) parts.push(STATE_COST);
  }
  if (retries !== undefined)
    parts.push(times(retries.count, { events: retries.events, transitions: 1 }));
  return parts.reduce(add);
}

/** The retries that the rendered *Execute* of a target allows, and the events that each leaves. */
export function retriesOf(
  { retriersOf }: RenderedOrchestrator,
  target: TargetEntry,
): TargetRun['retries'] {
  const retriers = retriersOf(target);
  const starts: readonly string[] = START_FAILURES;
  // A start that is refused: TaskScheduled, TaskStarted, TaskSubmitFailed. A child that fails: one more.
  const onlyStarts = retriers.every(({ ErrorEquals }) =>
    ErrorEquals.every((e) => starts.includes(e)),
  );
  const count = retriers.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);
  return { count, events: onlyStarts ? 3 : 4 };
}

function add(a: Cost, b: Cost): Cost {
  return { events: a.events + b.events, transitions: a.transitions + b.transitions };
}

function times(count: number, { events, transitions }: Cost): Cost {
  return { events: count * events, transitions: count * transitions };
}
