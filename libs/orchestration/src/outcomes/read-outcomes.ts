import { readOrchestrator } from '@harmony/artifact';
import { OrchestrationError } from '../errors.ts';
import { detailsOf, isoDate, textOf } from './history.ts';
import type { HistoryEvent } from './history.ts';
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
 * @throws {ArtifactError} for a definition that is no orchestrator's
 * @throws {OrchestrationError} `HISTORY_UNREADABLE` for a history that does not reach the run's end
 */
export function readOutcomes(args: {
  readonly definition: unknown;
  readonly events: readonly HistoryEvent[];
}): Outcome[] {
  const orchestrator = readOrchestrator(args.definition);
  const end = args.events.findLast(({ type }) => ENDED.test(type ?? '') || type === REDRIVEN);
  if (end === undefined || end.type === REDRIVEN) {
    throw unreadable('events', 'no event ends the execution: read all pages, oldest first');
  }
  const reason = describeEnd(end);
  const stopped = end.type === 'ExecutionAborted' || end.type === 'ExecutionTimedOut';
  const byIteration = splitByIteration(args.events, orchestrator);
  return orchestrator.targets.map(({ id, child }, index) => {
    const trace = new TargetTrace(orchestrator);
    for (const event of byIteration.get(index) ?? []) trace.add(event);
    return { id, child, ...trace.finish({ reason, stopDate: isoDate(end), stopped }) };
  });
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

function unreadable(path: string, message: string): OrchestrationError {
  const headline = 'The outcomes of this run cannot be read:';
  return new OrchestrationError('HISTORY_UNREADABLE', headline, [{ path, message }]);
}
