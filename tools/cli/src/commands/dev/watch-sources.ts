import { watch } from 'node:fs';
import { join, sep } from 'node:path';

/** Folders of a workspace that a state machine is made from. */
const FOLDERS = ['apps', 'libs', 'infra'];
/** What is written there by tools, and tests, which change nothing of what is served. */
const IGNORED = /(?:^|[\\/])(?:node_modules|dist|cdk\.out|\.[^\\/]*)(?:[\\/]|$)|\.test\.\w+$|~$/;
/** An editor writes a file in several steps. */
const QUIET_MS = 50;

/**
 * Calls back with the changed files, relative to the workspace, once they have been quiet for a moment.
 * @returns ends the watching
 */
export function watchSources(
  root: string,
  onChange: (files: readonly string[]) => void,
): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watchers = FOLDERS.map((folder) => {
    const watcher = watch(join(root, folder), { recursive: true }, (_type, name) => {
      if (name === null || IGNORED.test(name)) return;
      changed.add([folder, ...name.split(sep)].join('/'));
      clearTimeout(timer);
      timer = setTimeout(() => {
        const files = [...changed].sort();
        changed.clear();
        onChange(files);
      }, QUIET_MS);
    });
    // A folder that is not there, or goes: what is left is watched on.
    watcher.on('error', () => watcher.close());
    return watcher;
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
