import { createPrograms, type Programs } from './programs.ts';

/**
 * Looks at several projects at once: most of what a check of one costs is starting its tool and
 * reading what all share, and that is paid once.
 *
 * @param roots folders of the projects, relative to the workspace, with `/`
 * @returns what is wrong, as text for a person, by project root; a root without an entry is sound
 */
export type ProjectCheck = (
  roots: readonly string[],
  workspace: CheckedWorkspace,
) => Promise<ReadonlyMap<string, string>>;

export interface CheckedWorkspace {
  /** Absolute. */
  readonly root: string;
  /** The programs of projects: the compiler's own checks and lint's rules that need types share them. */
  programs(roots: readonly string[]): Programs;
}

/** Files as they are now: programs are made once for each set of projects. */
export function checkedWorkspace(root: string): CheckedWorkspace {
  const made = new Map<string, Programs>();
  return {
    root,
    programs(roots) {
      const key = [...roots].sort().join();
      const programs = made.get(key) ?? createPrograms(roots, root);
      made.set(key, programs);
      return programs;
    },
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
