import { OrchestrationError } from '../errors.ts';
import type { TargetEntry } from '../render/definition.ts';
import { STATE } from '../render/definition.ts';
import { detailsOf, isoDate, textOf } from './history.ts';
import type { HistoryEvent } from './history.ts';
import type { TargetAt } from './iterations.ts';
import { splitByIteration } from './iterations.ts';
import type { Outcome } from './outcome.ts';
import { TargetTrace } from './target-trace.ts';

const ENDED = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;
const REDRIVEN = 'ExecutionRedriven';

/**
 * Reads every target's outcome from the history of a run that has ended, however it ended: a
 * failed run has no output to read them from. One outcome a target, in the targets' order.
 *
 * @param args.definition the orchestrator's definition, as rendered or as AWS returns it (parsed)
 * @param args.events the whole history, oldest first, in the shape of GetExecutionHistory
 * @throws {OrchestrationError} `HISTORY_UNREADABLE` for a definition that is no orchestrator's, or
 * a history that does not reach the run's end
 */
export function readOutcomes(args: {
  readonly definition: unknown;
  readonly events: readonly HistoryEvent[];
}): Outcome[] {
  const targets = readTargets(args.definition);
  const end = args.events.findLast(({ type }) => ENDED.test(type ?? '') || type === REDRIVEN);
  if (end === undefined || end.type === REDRIVEN) {
    throw unreadable('events', 'no event ends the execution: read all pages, oldest first');
  }
  const reason = describeEnd(end);
  const stopped = end.type === 'ExecutionAborted' || end.type === 'ExecutionTimedOut';
  const byIteration = splitByIteration(args.events, positionsOf(targets));
  return targets.map(({ id, child }, index) => {
    const trace = new TargetTrace();
    for (const event of byIteration.get(index) ?? []) trace.add(event);
    return { id, child, ...trace.finish({ reason, stopDate: isoDate(end), stopped }) };
  });
}

/** Each wave's Map takes its own targets, in the list's order. */
function positionsOf(targets: readonly TargetEntry[]): TargetAt {
  const waves = Map.groupBy(targets.keys(), (position) => targets[position]?.wave ?? 1);
  return (wave, index) => waves.get(wave)?.[index];
}

/** Why a target that was not reached was not, in terms of how the run ended. */
function describeEnd(end: HistoryEvent): string {
  const how = end.type
    ?.replace(/^Execution/, '')
    .toLowerCase()
    .replace('timedout', 'timed out');
  const error = textOf(detailsOf(end), 'error');
  return `the run ${how} first${error === undefined ? '' : ` (${error})`}`;
}

function readTargets(definition: unknown): readonly TargetEntry[] {
  const states = field(definition, 'States');
  const targets = field(field(field(states, STATE.inject), 'Result'), 'targets');
  if (!Array.isArray(targets)) {
    const path = `States["${STATE.inject}"].Result.targets`;
    throw unreadable(`definition.${path}`, 'no list of targets: this is no rendered orchestrator');
  }
  return targets as TargetEntry[];
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function unreadable(path: string, message: string): OrchestrationError {
  const headline = 'The outcomes of this run cannot be read:';
  return new OrchestrationError('HISTORY_UNREADABLE', headline, [{ path, message }]);
}
