import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

let found: Promise<string | undefined> | undefined;

/**
 * The machine's own Python 3, absolute; undefined where it has none. Asked of itself: what stands on
 * PATH may be a script of a version manager, which would not run in a function's environment.
 */
export function findPython(): Promise<string | undefined> {
  found ??= promisify(execFile)('python3', ['-c', 'import sys; print(sys.executable)']).then(
    ({ stdout }) => stdout.trim() || undefined,
    () => undefined,
  );
  return found;
}
