import { SavedRuns, stateVisits } from '@harmony/local';
import type { SavedRun } from '@harmony/local';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { renderEvents } from '../../run-view/events.ts';
import { renderResult } from '../../run-view/render-result.ts';
import { renderTrace } from '../../run-view/trace.ts';
import { styleFor, widthOf } from '../../terminal/style.ts';
import { UsageError } from '../../usage-error.ts';
import { workspaceRoot } from '../../workspace/root.ts';
import type { ShowFlags } from './flags.ts';

/** @throws LocalError for a run that is not there; UsageError for a state that it did not enter */
export async function showRun(
  id: string | undefined,
  flags: ShowFlags,
  io: Io,
): Promise<ExitStatus> {
  const run = new SavedRuns(workspaceRoot(io)).read(id);
  const options = { width: widthOf(io.stdout), style: styleFor(io.stdout, io.env) };
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify(run, null, 2)}\n`);
  } else if (flags.state !== undefined) {
    const lines = renderTrace(run, { ...options, state: flags.state });
    if (lines.length === 0) throw unknownState(flags.state, run);
    io.stdout.write(`${lines.join('\n')}\n`);
  } else if (flags.events === true) {
    io.stdout.write(`${renderEvents(run).join('\n')}\n`);
  } else if (flags.trace === true) {
    io.stdout.write(`${renderTrace(run, options).join('\n')}\n`);
  } else {
    io.stdout.write(`${run.id}\n${renderResult(run, { ...options, ...run })}`);
  }
  return 0;
}

function unknownState(name: string, { id, executions }: SavedRun): UsageError {
  const names = executions.flatMap(({ history }) => stateVisits(history).map(({ state }) => state));
  const known = [...new Set(names)].join(', ');
  return new UsageError(`${id} entered no state ${JSON.stringify(name)}. It entered: ${known}.`);
}
