import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Stage } from '@harmony/assembly';

/** The project of a child whose handlers a changed file can be part of, but no definition. */
export function childOfHandler(file: string): string | undefined {
  return /^apps\/([^/]+)\/src\/(?!workflow\.ts$).*\.ts$/.exec(file)?.[1];
}

/**
 * Finds the folder that each function's code was copied from, `apps/CHILD/dist/HANDLER`, by what is
 * in it: so a handler that was built again can be served before the workspace is synthesised again.
 * @returns by function ARN; without those whose code came from elsewhere
 */
export function handlerBundles(stage: Stage, root: string): ReadonlyMap<string, string> {
  const built = new Map(
    globSync('apps/*/dist/*/index.mjs', { cwd: root }).map((file) => {
      const path = join(root, file);
      return [readFileSync(path, 'latin1'), dirname(path)];
    }),
  );
  const found = stage.functions.flatMap(({ arn, code }) => {
    const folder = code.kind === 'folder' ? built.get(codeIn(code.path)) : undefined;
    return folder === undefined ? [] : [[arn, folder] as const];
  });
  return new Map(found);
}

/** The stage with functions that run from where they were built. */
export function withBundles(stage: Stage, bundles: ReadonlyMap<string, string>): Stage {
  const functions = stage.functions.map((fn) => {
    const path = bundles.get(fn.arn);
    return path === undefined ? fn : { ...fn, code: { kind: 'folder' as const, path } };
  });
  return { ...stage, functions };
}

function codeIn(folder: string): string {
  try {
    return readFileSync(join(folder, 'index.mjs'), 'latin1');
  } catch {
    return '';
  }
}
