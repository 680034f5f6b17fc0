import { existsSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { sep } from 'node:path';

/**
 * Whether the home of whoever runs this lies in a folder, or is it: code that claims such a folder
 * for its own would read what a handler is kept from.
 * @param folder absolute, and there
 */
export function holdsHome(folder: string): boolean {
  return homes().some((home) => isBelow(home, realpathSync(folder)));
}

/**
 * Whether a file lies in a hidden folder of the home, `~/.aws` and the like, which holds no sources:
 * unless the function's own folder does.
 * @param file absolute, without symbolic links
 * @param folder absolute: of the function
 */
export function isPrivate(file: string, folder: string): boolean {
  return homes().some((home) => {
    const [hidden] = isBelow(file, home) ? file.slice(home.length + 1).split(sep) : [];
    if (hidden?.startsWith('.') !== true || file.includes(`${sep}node_modules${sep}`)) return false;
    return !isBelow(realpathSync(folder), home + sep + hidden);
  });
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** As the environment says, and as the system does: a container's user may have none. */
function homes(): string[] {
  const found = [homedir()];
  try {
    found.push(userInfo().homedir);
  } catch {
    // The user has no entry.
  }
  return found.filter((home) => home !== sep && existsSync(home)).map((home) => realpathSync(home));
}
