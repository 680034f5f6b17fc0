import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * A source map whose sources are named as the workspace has them, `apps/<child>/src/…`: the bundle is
 * run from other folders than the one it is written to, and its bytes must not depend on the place.
 * @param text of the map
 * @param file where it is written, absolute
 */
export function withWorkspacePaths(text: string, file: string): string {
  const root = workspaceRoot(dirname(file));
  const map = JSON.parse(text) as { sources: string[] };
  const sources = map.sources.map((source) => {
    const path = resolve(dirname(file), source);
    // Packages may lie above the workspace, or be linked from elsewhere.
    const packages = path.indexOf(`${sep}node_modules${sep}`);
    const named = packages === -1 ? relative(root, path) : path.slice(packages + 1);
    return named.replaceAll(sep, '/');
  });
  return JSON.stringify({ ...map, sources });
}

/** The folder with nx.json, at `folder` or above. */
function workspaceRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'nx.json'))) return at;
    if (dirname(at) === at) return folder;
  }
}
