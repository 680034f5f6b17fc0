import type { WorkspaceCopy } from './workspace-copy.ts';

/** By task, `project:target`: the hash by which Nx decides whether the task runs again. */
export type TaskHashes = Readonly<Record<string, string>>;

/** Text that is added to the end of a file, by its workspace-relative path; makes one where none is. */
export interface Change {
  readonly file: string;
  readonly text: string;
}

/**
 * The cached tasks that Nx would run again after each change alone, by its own hasher: those whose own
 * inputs differ, added and removed ones included. All in one process, which takes seconds to start.
 */
export async function rerunTasks(
  workspace: WorkspaceCopy,
  changes: readonly Change[],
): Promise<readonly (readonly string[])[]> {
  const { stdout, stderr, status } = await workspace.exec(
    'node',
    ['tools/nx-plugin/src/testing/hash-tasks.ts', JSON.stringify(changes)],
    // As the workspace's .env has it, which only Nx's own command reads.
    { NX_ISOLATE_PLUGINS: 'false' },
  );
  if (status !== 0) throw new Error(`Nx could not hash the tasks: ${stdout}\n${stderr}`);
  const [before = {}, ...after] = JSON.parse(
    stdout.trim().split('\n').at(-1) ?? '',
  ) as readonly TaskHashes[];
  return after.map((hashes) => changedTasks(before, hashes));
}

function changedTasks(before: TaskHashes, after: TaskHashes): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((task) => before[task] !== after[task])
    .sort();
}
