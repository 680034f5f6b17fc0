import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EnvironmentFolders } from './run-folder.ts';

/**
 * What a process needs to read of any system: libraries, certificates, names of hosts. Nothing of a
 * person, and nothing of /proc, where the host's environment and every file stand under another name.
 */
const SYSTEM_FOLDERS = [
  ...['/usr', '/lib', '/lib64', '/opt', '/var/task', '/var/runtime'],
  ...['/etc/ssl', '/etc/pki', '/etc/ca-certificates', '/System', '/Library'],
];
const SYSTEM_FILES = [
  ...['/etc/hosts', '/etc/resolv.conf', '/etc/nsswitch.conf', '/etc/localtime', '/etc/mime.types'],
  ...['/etc/os-release', '/dev/null', '/dev/urandom', '/dev/random'],
  ...['/proc/cpuinfo', '/proc/meminfo', '/proc/self/status', '/proc/self/stat'],
];

export interface Permissions extends EnvironmentFolders {
  /** Absolute folder of the function's code. */
  readonly code: string;
  /** Absolute file that the process starts with. */
  readonly runtime: string;
}

/**
 * Node's flags by which a handler's process reads its own code, the packages above it (the SDK is
 * part of Lambda's runtime), the system's files and a temporary folder of its own, and writes that
 * folder only, as in Lambda. It starts no other process: what that reads and how long it lives,
 * nobody holds.
 * Source: Node.js, "Permissions" (https://nodejs.org/api/permissions.html).
 */
export function permissionFlags({ code, runtime, temporary, compiled }: Permissions): string[] {
  const own = withReal([temporary, compiled]);
  const read = [
    ...withReal([...packagesAbove(code), ...runtimeFiles(runtime)]),
    ...readableFiles(code),
    ...own,
  ];
  return [
    '--permission',
    '--allow-worker',
    '--allow-addons',
    '--allow-wasi',
    // It warns of the three above.
    '--disable-warning=SecurityWarning',
    ...unique(read).map((path) => `--allow-fs-read=${path}`),
    ...unique(own).map((path) => `--allow-fs-write=${path}`),
  ];
}

/** What a process may read whatever its language is: its own code, and the system's files. */
export function readableFiles(code: string): string[] {
  return withReal([code, ...SYSTEM_FOLDERS, ...SYSTEM_FILES]);
}

/** `node_modules` of the folder and of each above it, where Node looks for packages. */
function packagesAbove(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const packages = join(at, 'node_modules');
    if (existsSync(packages)) found.push(packages);
    if (dirname(at) === at) return found;
  }
}

/** The bundle is one file; the sources import each other, and their package says that they are modules. */
function runtimeFiles(runtime: string): string[] {
  if (!runtime.endsWith('.ts')) return [runtime];
  return [dirname(runtime), join(dirname(runtime), '..', '..', 'package.json')];
}

/** Node compares paths as they are written, and files are loaded by their real ones. */
function withReal(paths: readonly string[]): string[] {
  return paths.flatMap((path) => (existsSync(path) ? [path, realpathSync(path)] : []));
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
