/** Lambda's `/tmp` in a folder of the environment's own. Part of the handler's process. */
import fs from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';

const TMP = '/tmp';

/** Functions whose second argument is a path too. */
const TWO_PATHS = /^(?:copyFile|cp|link|rename|symlink)(?:Sync)?$/;

/**
 * From here on `/tmp` is `folder`, whoever asks: what lies in this machine's own is somebody else's.
 * The caller makes named imports of built-in modules see it.
 * @param code folder of the function, which may itself lie in this machine's `/tmp`
 */
export function keepTemporaryFilesIn(folder: string, code: string): void {
  const isIn = (path: string, parent: string): boolean =>
    path === parent || path.startsWith(`${parent}/`);
  const moved = (path: unknown): unknown => {
    const text = path instanceof URL && path.protocol === 'file:' ? fileURLToPath(path) : path;
    if (typeof text !== 'string' || isIn(text, folder) || isIn(text, code)) return path;
    return isIn(text, TMP) ? folder + text.slice(TMP.length) : path;
  };
  for (const module of [fs, fs.promises] as unknown as Record<string, unknown>[]) {
    for (const [name, original] of Object.entries(module)) {
      // Classes begin with a capital letter.
      if (typeof original !== 'function' || !/^[a-z]/.test(name)) continue;
      const paths = TWO_PATHS.test(name) ? 2 : 1;
      const call = original as (...args: unknown[]) => unknown;
      const replaced = (...args: unknown[]): unknown =>
        call.apply(
          module,
          args.map((arg, index) => (index < paths ? moved(arg) : arg)),
        );
      module[name] = Object.assign(replaced, original);
    }
  }
  os.tmpdir = () => TMP;
}
