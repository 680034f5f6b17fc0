import type { ExecutorContext, TaskGraph } from '@nx/devkit';

/**
 * Looks at several projects at once: most of what a check of one costs is starting its tool and
 * reading what all share, and that is paid once.
 *
 * @param roots folders of the projects, relative to the workspace, with `/`
 * @param workspaceRoot absolute
 * @returns what is wrong, as text for a person, by project root; a root without an entry is sound
 */
export type Check = (
  roots: readonly string[],
  workspaceRoot: string,
) => Promise<ReadonlyMap<string, string>>;

interface TaskResult {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/** Nx's executor for one project. */
export function alone(check: Check) {
  return async (_options: unknown, context: ExecutorContext): Promise<{ success: boolean }> => {
    const { projectName = '', root } = context;
    const own = context.projectsConfigurations.projects[projectName]?.root ?? '';
    const wrong = (await check([own], root)).get(own);
    if (wrong !== undefined) console.error(wrong);
    return { success: wrong === undefined };
  };
}

/**
 * Nx's executor for all projects that need the check at one time; each has its own result and cache.
 *
 * @see https://nx.dev/docs/reference/devkit — `TaskGraphExecutor`
 */
export function together(check: Check) {
  return async (
    { tasks }: TaskGraph,
    _options: unknown,
    _overrides: unknown,
    context: ExecutorContext,
  ): Promise<Record<string, TaskResult>> => {
    const { projects } = context.projectsConfigurations;
    const rootOf = new Map(
      Object.values(tasks).map(({ id, target }) => [id, projects[target.project]?.root ?? '']),
    );
    const wrong = await check([...rootOf.values()], context.root);
    // Nx keeps a batch's texts with its results, and shows none of them.
    for (const text of wrong.values()) console.error(text);
    return Object.fromEntries(
      [...rootOf].map(([id, root]) => {
        const terminalOutput = wrong.get(root) ?? '';
        return [id, { success: terminalOutput === '', terminalOutput }];
      }),
    );
  };
}

/** The project that a file lies in: roots may lie in one another. */
export function rootOfFile(file: string, roots: readonly string[]): string | undefined {
  return roots
    .filter((root) => file.startsWith(`${root}/`))
    .sort((a, b) => b.length - a.length)
    .at(0);
}

/** Puts texts together by the project that they are about. */
export function byRoot(
  found: readonly { readonly file: string; readonly text: string }[],
  roots: readonly string[],
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { file, text } of found) {
    const root = rootOfFile(file, roots);
    if (root !== undefined) texts.set(root, `${texts.get(root) ?? ''}${text}\n`);
  }
  return texts;
}
