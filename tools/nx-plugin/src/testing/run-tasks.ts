import type { WorkspaceCopy } from './workspace-copy.ts';

/**
 * Runs tasks with Nx, such as `['run-many', '--targets=test']`.
 * `onTasks` is told how many have ended, those from the cache included, each time that more have.
 *
 * @returns those that were run, sorted; what the cache answered is left out
 * @throws Error with Nx's output when a task fails
 */
export async function runTasks(
  workspace: WorkspaceCopy,
  args: readonly string[],
  onTasks: (ended: number) => void = () => {},
): Promise<readonly string[]> {
  let ended = 0;
  let line = '';
  const { status, stdout, stderr } = await workspace.exec(
    'nx',
    [...args, '--output-style=static'],
    {},
    (text) => {
      const lines = (line + text).split('\n');
      line = lines.pop() ?? '';
      const more = lines.filter((each) => each.startsWith('> nx run ')).length;
      ended += more;
      if (more > 0) onTasks(ended);
    },
  );
  if (status !== 0) {
    // Nx names the failed tasks at the end; before that is the output of all.
    throw new Error(`nx ${args.join(' ')} failed:\n${stdout.slice(-8_000)}\n${stderr}`);
  }
  return [...stdout.matchAll(/^> nx run (\S+)(.*)$/gm)]
    .filter(([, , rest]) => !/cache/.test(rest ?? ''))
    .map(([, task]) => task ?? '')
    .sort();
}
