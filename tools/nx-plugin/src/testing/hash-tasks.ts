/**
 * Runs in a workspace, as a process of its own, since Nx binds one to a workspace: `node hash-tasks.ts
 * CHANGES`. Hashes every cached task as the files are, then after each change alone, and prints the
 * hashes as JSON on the last line. What it calls is what `nx run-many` calls before it runs anything.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import { readNxJson } from 'nx/src/config/nx-json.js';
import { createTaskHasher } from 'nx/src/hasher/create-task-hasher.js';
import { hashTask } from 'nx/src/hasher/hash-task.js';
import { createTaskGraph } from 'nx/src/tasks-runner/create-task-graph.js';
import { resetWorkspaceContext } from 'nx/src/utils/workspace-context.js';
import type { Change, TaskHashes } from './task-hashes.ts';

const changes = JSON.parse(process.argv[2] ?? '[]') as readonly Change[];
const all = [await hashes()];
for (const { file, text } of changes) {
  const before = existsSync(file) ? readFileSync(file) : undefined;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, text);
  // It holds the hashes of all files, and would not look at them again.
  resetWorkspaceContext();
  all.push(await hashes());
  if (before === undefined) rmSync(file);
  else writeFileSync(file, before);
}
process.stdout.write(`\n${JSON.stringify(all)}`, () => process.exit(0));

async function hashes(): Promise<TaskHashes> {
  const graph = await createProjectGraphAsync({ exitOnError: true });
  const projects = Object.keys(graph.nodes);
  const targets = projects.flatMap((name) => Object.keys(graph.nodes[name]?.data.targets ?? {}));
  const tasks = createTaskGraph(graph, {}, projects, [...new Set(targets)], undefined, {});
  const hasher = createTaskHasher(graph, readNxJson());
  const found: Record<string, string> = {};
  for (const task of Object.values(tasks.tasks)) {
    if (task.cache !== true) continue;
    await hashTask(hasher, graph, tasks, task, process.env, null);
    found[task.id] = task.hash ?? '';
  }
  return found;
}
