import { SavedRuns } from '@harmony/local';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { statusText } from '../../run-view/timeline.ts';
import { styleFor } from '../../terminal/style.ts';
import { duration } from '../../terminal/text.ts';
import { workspaceRoot } from '../../workspace/root.ts';

/** @throws LocalError for a run that cannot be read */
export async function listRuns(flags: { readonly json?: boolean }, io: Io): Promise<ExitStatus> {
  const saved = new SavedRuns(workspaceRoot(io));
  const list = saved
    .ids()
    .reverse()
    .map((each) => {
      const { id, name, stage, savedAt, status, startDate, stopDate, realMs } = saved.read(each);
      return { id, name, stage, savedAt, status, startDate, stopDate, realMs };
    });
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
    return 0;
  }
  const style = styleFor(io.stdout, io.env);
  const longest = Math.max(0, ...list.map(({ id }) => id.length));
  for (const { id, stage, status, startDate, stopDate } of list) {
    const took = duration(Date.parse(stopDate) - Date.parse(startDate));
    io.stdout.write(
      `${id.padEnd(longest)}  stage ${stage}  ${statusText(status, style)}, ${took} on the run's clock\n`,
    );
  }
  if (list.length === 0)
    io.stdout.write('No run is kept here yet: start one with  harmony run NAME\n');
  return 0;
}
