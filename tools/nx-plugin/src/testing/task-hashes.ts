import type { WorkspaceCopy } from './workspace-copy.ts';

/** By task, `project:target`: the hash by which Nx decides whether the task runs again. */
export type TaskHashes = Readonly<Record<string, string>>;

// Runs in the copy, in a process of its own, since Nx binds a process to one workspace. These are
// the functions that `nx run-many` itself calls before it runs anything.
const script = `
  import { createProjectGraphAsync } from 'nx/src/project-graph/project-graph.js';
  import { createTaskGraph } from 'nx/src/tasks-runner/create-task-graph.js';
  import { createTaskHasher } from 'nx/src/hasher/create-task-hasher.js';
  import { hashTask } from 'nx/src/hasher/hash-task.js';
  import { readNxJson } from 'nx/src/config/nx-json.js';
  const graph = await createProjectGraphAsync({ exitOnError: true });
  const projects = Object.keys(graph.nodes);
  const targets = [...new Set(projects.flatMap((name) => Object.keys(graph.nodes[name].data.targets)))];
  const tasks = createTaskGraph(graph, {}, projects, targets, undefined, {});
  const hasher = createTaskHasher(graph, readNxJson());
  const hashes = {};
  for (const task of Object.values(tasks.tasks)) {
    if (task.cache !== true) continue;
    await hashTask(hasher, graph, tasks, task, process.env, null);
    hashes[task.id] = task.hash;
  }
  process.stdout.write('\\n' + JSON.stringify(hashes));
  process.exit(0);
`;

/** The hash of every cached task of the workspace, as its files are now. */
export async function taskHashes(workspace: WorkspaceCopy): Promise<TaskHashes> {
  const { stdout, stderr, status } = await workspace.exec('node', [
    '--input-type=module',
    '--eval',
    script,
  ]);
  if (status !== 0) throw new Error(`Nx could not hash the tasks: ${stdout}\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as TaskHashes;
}

/** The tasks whose own inputs differ between the two; added and removed ones included. */
export function changedTasks(before: TaskHashes, after: TaskHashes): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((task) => before[task] !== after[task])
    .sort();
}
