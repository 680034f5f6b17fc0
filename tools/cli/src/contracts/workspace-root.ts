import type { Io } from '../io.ts';
import { UsageError } from '../usage-error.ts';
import { findUp } from '../workspace.ts';

/**
 * The folder with nx.json, here or above.
 * @throws UsageError where there is none
 */
export function workspaceRoot(io: Io): string {
  const root = findUp(io.cwd, 'nx.json');
  if (root !== undefined) return root;
  throw new UsageError(`no Harmony workspace here: ${io.cwd} is not below a folder with nx.json.`);
}
