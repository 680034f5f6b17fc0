import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { format } from './format.ts';
import { lint } from './lint.ts';
import { checkedWorkspace, type ProjectCheck } from './project-check.ts';
import { typecheck } from './typecheck.ts';

// In this order, since what the compiler found out of types, lint need not.
const checks: Readonly<Record<string, ProjectCheck>> = {
  typescript: typecheck,
  eslint: lint,
  prettier: format,
};

export interface CheckOptions {
  readonly by: string;
}

interface TaskResult {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/** Nx's executor for one check of one project. */
export async function check(
  { by }: CheckOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { projectName = '', root } = context;
  const own = context.projectsConfigurations.projects[projectName]?.root ?? '';
  const wrong = (await checks[by]?.([own], checkedWorkspace(root)))?.get(own);
  if (wrong !== undefined) console.error(wrong);
  return { success: wrong === undefined };
}

/**
 * Nx's executor for all checks of all projects that need one at one time, in one process; each has its
 * own result and cache.
 *
 * @see https://nx.dev/docs/reference/devkit — `TaskGraphExecutor`
 */
export async function* checkAll(
  { tasks }: TaskGraph,
  options: Readonly<Record<string, CheckOptions>>,
  _overrides: unknown,
  context: ExecutorContext,
): AsyncGenerator<{ readonly task: string; readonly result: TaskResult }> {
  const { projects } = context.projectsConfigurations;
  const workspace = checkedWorkspace(context.root);
  const asked = Object.entries(checks).flatMap(([by, run]) => {
    const rootOf = new Map(
      Object.values(tasks)
        .filter(({ id }) => options[id]?.by === by)
        .map(({ id, target }) => [id, projects[target.project]?.root ?? '']),
    );
    return rootOf.size === 0 ? [] : [{ rootOf, run }];
  });
  // Prettier is a process of its own: it runs beside the others.
  const others = asked.filter(({ run }) => run === format).map(resultsOf);
  for (const each of asked) {
    yield* (await (each.run === format ? others.pop() : resultsOf(each))) ?? [];
  }

  async function resultsOf({ rootOf, run }: (typeof asked)[number]) {
    const wrong = await run([...rootOf.values()], workspace);
    // Nx keeps a batch's texts with its results, and shows none of them.
    for (const text of wrong.values()) console.error(text);
    return [...rootOf].map(([task, root]) => {
      const terminalOutput = wrong.get(root) ?? '';
      return { task, result: { success: terminalOutput === '', terminalOutput } };
    });
  }
}
