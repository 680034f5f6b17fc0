import { dirname } from 'node:path/posix';
import type { TargetConfiguration } from '@nx/devkit';

/** The parts of a package.json that inference reads. */
interface Manifest {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly name?: string };
}

/** Gives a file's text by its workspace-relative path. */
export type ReadFile = (path: string) => string;

/** What inference knows of one project: its folder and which of the matched files lie in it. */
export interface ProjectFiles {
  /** Folder relative to the workspace root, with `/` on every platform. */
  readonly root: string;
  /** Nx project name. */
  readonly name: string;
  /** Matched files, relative to `root`. */
  readonly files: readonly string[];
  readonly manifest: Manifest;
  /** From the project's folder to the workspace root: `../..`. */
  readonly toWorkspaceRoot: string;
}

/** One kind of project adds its targets by satisfying this. */
export type TargetRule = (
  project: ProjectFiles,
  workspace: readonly ProjectFiles[],
) => Record<string, TargetConfiguration>;

/** Assigns each matched file to the nearest package.json above it; the workspace's own is no project. */
export function groupByProject(
  matched: readonly string[],
  read: ReadFile,
): readonly ProjectFiles[] {
  const roots = matched
    .filter((file) => file.endsWith('/package.json'))
    .map(dirname)
    .sort((a, b) => b.length - a.length);
  const files = new Map<string, string[]>(roots.map((root) => [root, []]));
  for (const file of [...matched].sort()) {
    const root = roots.find((candidate) => file.startsWith(`${candidate}/`));
    if (root !== undefined) files.get(root)?.push(file.slice(root.length + 1));
  }
  return [...files]
    .map(([root, own]) => describe(root, own, read))
    .sort((a, b) => (a.root < b.root ? -1 : 1));
}

function describe(root: string, files: readonly string[], read: ReadFile): ProjectFiles {
  const manifest = JSON.parse(read(`${root}/package.json`)) as Manifest;
  return {
    root,
    files,
    manifest,
    name: manifest.nx?.name ?? manifest.name?.replace(/^@[^/]+\//, '') ?? root,
    toWorkspaceRoot: root
      .split('/')
      .map(() => '..')
      .join('/'),
  };
}

/**
 * The workspace's own packages that a package runs with: its `dependencies`, theirs, and so on.
 * Development dependencies, which only tests use, are not among them, as they are in Nx's graph.
 */
export function runtimeDependencies(
  project: ProjectFiles,
  workspace: readonly ProjectFiles[],
): readonly ProjectFiles[] {
  const found = new Set<ProjectFiles>();
  const visit = ({ manifest }: ProjectFiles): void => {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const dependency = workspace.find((other) => other.manifest.name === name);
      if (dependency === undefined || found.has(dependency)) continue;
      found.add(dependency);
      visit(dependency);
    }
  };
  visit(project);
  return workspace.filter((other) => found.has(other));
}
