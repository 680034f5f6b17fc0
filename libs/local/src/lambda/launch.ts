import { fileURLToPath } from 'node:url';
import { permissionFlags, readableFiles } from './permissions.ts';
import type { EnvironmentFolders } from './run-folder.ts';
import { type RunnableFunction, runtimeFamily } from './runnable.ts';

/** What starts the process of an execution environment. */
export interface Launch {
  /** Absolute. */
  readonly command: string;
  readonly args: readonly string[];
}

/** From the sources beside this file; as a file of its own beside the bundle this file is in. */
const beside = (source: string, bundled: string): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? source : bundled, import.meta.url));

/** @param inspect flags of Node.js for a debugger */
export function launchOf(
  fn: RunnableFunction,
  folders: EnvironmentFolders,
  inspect: readonly string[],
): Launch {
  const { temporary, compiled } = folders;
  if (runtimeFamily(fn.runtime) === 'python' && fn.python !== undefined) {
    const runtime = beside('./runtime.py', './lambda-runtime.py');
    const allowed = { read: readableFiles(fn.assetPath), temporary };
    // -I: neither the host's Python settings nor the current folder; -B: it writes no bytecode.
    const flags = ['-I', '-B', '-X', 'utf8'];
    return { command: fn.python, args: [...flags, runtime, JSON.stringify(allowed)] };
  }
  const runtime = beside('./runtime.ts', './lambda-runtime.mjs');
  // V8's own limit: Lambda's runtime sets one from the function's memory, too.
  const memory = `--max-old-space-size=${Math.max(fn.memoryMb, 64)}`;
  const permissions = permissionFlags({ code: fn.assetPath, runtime, ...folders });
  const args = [memory, ...permissions, ...inspect, runtime, temporary, compiled];
  return { command: process.execPath, args };
}
