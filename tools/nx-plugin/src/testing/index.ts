export { exampleChildren, exampleWorkspace } from './example-workspace.ts';
export { generate, type Written } from './generate.ts';
export { runTasks } from './run-tasks.ts';
export { type Change, rerunTasks } from './task-hashes.ts';
export {
  type CommandResult,
  copyWorkspace,
  type TaskCache,
  type WorkspaceCopy,
} from './workspace-copy.ts';
