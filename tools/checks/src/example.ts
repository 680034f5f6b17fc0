import { rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  copyWorkspace,
  exampleWorkspace,
  runTasks,
  type TaskCache,
  type WorkspaceCopy,
} from '@harmony/nx-plugin/testing';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { workspaceRoot } from './workspace.ts';

/** What every test file finds done in its copy, from the cache. */
export const everything = ['run-many', '--targets=build,synth,contract,validate'];

interface Example {
  readonly root: string;
  readonly cache: TaskCache;
  /** The tasks of `everything` that ran when there was no cache yet. */
  readonly first: readonly string[];
}

declare module 'vitest' {
  // Merged into vitest's.
  interface ProvidedContext {
    example: Example;
  }
}

/** Vitest calls it once, before the test files: makes the example, and removes it after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const example = await exampleWorkspace(workspaceRoot);
  const first = await runTasks(example, everything);
  project.provide('example', { root: example.root, cache: example.cache, first });
  return async () => {
    await example[Symbol.asyncDispose]();
  };
}

/** A copy of the example workspace, which shares its cache: `everything` takes a second in it. */
export async function copyExample(): Promise<WorkspaceCopy> {
  const { root, cache } = inject('example');
  return copyWorkspace(root, { cache, packages: 'folders', folder: basename(root) });
}

/** AWS is not to be reached: the double of libs/deploy/src/testing/fake-cdk, described there, is `cdk`. */
export async function useFakeCdk({ root }: WorkspaceCopy): Promise<void> {
  // Nx and npx put this folder first on the PATH.
  const cdk = join(root, 'node_modules/.bin/cdk');
  await rm(cdk);
  await symlink('../../libs/deploy/src/testing/fake-cdk/cdk', cdk);
}
