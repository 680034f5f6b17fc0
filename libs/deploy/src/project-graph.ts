/** The projects of the workspace and what each needs, as far as deployment is concerned. */
export interface Project {
  readonly name: string;
  /** Folder, relative to the workspace. */
  readonly root: string;
  readonly tags: readonly string[];
  /** Names of the projects it runs with. What only its tests use is not among them. */
  readonly dependencies: readonly string[];
  /** Globs of files outside its folder that it is built from, relative to the workspace. */
  readonly alsoReads: readonly string[];
}

export interface ProjectGraph {
  readonly projects: readonly Project[];
  /** The project that makes the assembly. */
  readonly app: string;
  /**
   * Globs of the files in a project's folder that can reach the assembly, with `{projectRoot}` for
   * it; one that starts with `!` takes files away again.
   */
  readonly deployable: readonly string[];
}

/** The project in whose folder a file lies, also if the file is gone. */
export function ownerOf(file: string, { projects }: ProjectGraph): Project | undefined {
  return projects
    .filter(({ root }) => file.startsWith(`${root}/`))
    .sort((a, b) => b.root.length - a.root.length)[0];
}

/**
 * The shortest way from a project to one that needs it, both included, or nothing. `avoid` names
 * projects that the way may not pass, though it may end there.
 */
export function pathBetween(
  from: string,
  to: string,
  { projects }: ProjectGraph,
  avoid: (project: Project) => boolean = () => false,
): readonly string[] | undefined {
  const seen = new Set([from]);
  let ways: string[][] = [[from]];
  while (ways.length > 0) {
    const found = ways.find((way) => way.at(-1) === to);
    if (found !== undefined) return found;
    ways = ways.flatMap((way) => {
      const last = projects.find(({ name }) => name === way.at(-1));
      if (last !== undefined && avoid(last)) return [];
      return projects
        .filter(
          ({ name, dependencies }) => !seen.has(name) && dependencies.includes(last?.name ?? ''),
        )
        .map(({ name }) => {
          seen.add(name);
          return [...way, name];
        });
    });
  }
  return undefined;
}
