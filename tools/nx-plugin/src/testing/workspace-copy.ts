import { execFile } from 'node:child_process';
import {
  copyFile,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
} from 'node:fs/promises';
import { existsSync, globSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a command wrote, and how it ended. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of a workspace in a folder of its own, with a git history of its own; deleted on disposal. */
export interface WorkspaceCopy extends AsyncDisposable {
  readonly root: string;
  readonly cache: TaskCache;
  /**
   * Runs a command of the copy's `node_modules/.bin`, or of the machine, in the copy. Never throws.
   * `onStdout` gets each piece of standard output as it comes, for a long run to be followed.
   */
  exec(
    command: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    onStdout?: (text: string) => void,
  ): Promise<CommandResult>;
  /** Makes `node_modules` know packages that were added or removed, as `npm install` would. */
  link(): Promise<void>;
  /** Commits everything and returns the commit. */
  commit(message: string): Promise<string>;
}

/**
 * Where a copy's Nx keeps what tasks put out. Nx keeps it below the home folder, by the repository's
 * remote, so copies of one cache have one home and one remote, and no other clone sees it.
 */
export interface TaskCache {
  /** Folder that is `HOME` for what runs in the copy. */
  readonly home: string;
  /** URL of a remote, which is never called; without one Nx goes by the first commit. */
  readonly remote?: string;
}

export interface CopyOptions {
  /** Leaves a file out; by workspace-relative path with `/`. */
  readonly without?: (file: string) => boolean;
  /**
   * One that several copies share; a copy has its own unless given. `source`: that of the workspace
   * copied, by its history, so that only what differs from it runs.
   */
  readonly cache?: TaskCache | 'source';
  /** Installed packages as hard links to the source's, or as links to its folders: `files` unless given. */
  readonly packages?: 'files' | 'folders';
  /** Name of the copy's folder, in one that is made for it. Default `workspace`. */
  readonly folder?: string;
}

/**
 * Copies what git knows of the workspace at `source`, and what it does not ignore, as it is on disk.
 * Installed packages are linked, those of the workspace itself to the copy.
 */
export async function copyWorkspace(
  source: string,
  {
    without = () => false,
    cache: shared,
    packages = 'files',
    folder = 'workspace',
  }: CopyOptions = {},
): Promise<WorkspaceCopy> {
  const base = await mkdtemp(join(tmpdir(), 'harmony-workspace-'));
  const root = join(base, folder);
  const own = { home: join(base, 'home'), remote: remoteOf(base) };
  const cache = shared === 'source' ? await cacheOf(source) : (shared ?? own);
  await mkdir(cache.home, { recursive: true });
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: source,
    maxBuffer: 2 ** 26,
  });
  for (const file of new Set(stdout.split('\0'))) {
    if (file === '' || without(file)) continue;
    const kind = await lstat(join(source, file)).catch(() => undefined);
    if (kind?.isFile() !== true) continue; // deleted, but not yet committed
    await mkdir(dirname(join(root, file)), { recursive: true });
    await copyFile(join(source, file), join(root, file));
  }
  await linkInstalled(join(source, 'node_modules'), join(root, 'node_modules'), packages);
  await assertInstalled(root);
  // Versions of their own that npm could not lift to the root.
  for (const nested of globSync('{infra,{apps,libs,tools}/*,libs/contracts/*}/node_modules', {
    cwd: source,
  })) {
    await linkInstalled(join(source, nested), join(root, nested), packages);
  }

  const copy: WorkspaceCopy = {
    root,
    cache,
    exec: (command, args, env = {}, onStdout = () => {}) =>
      exec(root, command, args, { HOME: cache.home, ...env }, onStdout),
    link: () => linkOwn(root),
    async commit(message) {
      await run('git', ['add', '-A'], { cwd: root });
      await run('git', ['commit', '-qm', message, '--allow-empty'], { cwd: root });
      return (await run('git', ['rev-parse', 'HEAD'], { cwd: root })).stdout.trim();
    },
    [Symbol.asyncDispose]: () => rm(base, { recursive: true, force: true, maxRetries: 3 }),
  };
  await copy.link();
  if (shared === 'source') await copyHistory(source, root);
  else await run('git', ['init', '-q', '-b', 'main'], { cwd: root });
  for (const [key, value] of [
    ['user.name', 'Harmony'],
    ['user.email', 'harmony@example.com'],
    ['commit.gpgsign', 'false'],
  ] as const) {
    await run('git', ['config', key, value], { cwd: root });
  }
  if (cache.remote !== undefined) {
    await run('git', ['remote', 'add', 'origin', cache.remote], { cwd: root });
  }
  await copy.commit('The workspace as copied');
  return copy;
}

async function cacheOf(source: string): Promise<TaskCache> {
  const home = homedir();
  const asked = run('git', ['remote', 'get-url', 'origin'], { cwd: source });
  const remote = await asked.then(({ stdout }) => stdout.trim()).catch(() => undefined);
  return remote === undefined ? { home } : { home, remote };
}

/** Nx knows a repository that has no remote by its first commit. */
async function copyHistory(source: string, root: string): Promise<void> {
  await run('git', ['clone', '-q', '--bare', source, join(root, '.git')]);
  await run('git', ['config', 'core.bare', 'false'], { cwd: root });
  await run('git', ['remote', 'remove', 'origin'], { cwd: root });
}

/** Names no host that there is. */
function remoteOf(base: string): string {
  return `https://copies.invalid/harmony/${basename(base)}.git`;
}

/**
 * The installed packages. As hard links: real folders, which stay what they are when the original's are
 * installed anew; tens of thousands of files, so for copies of a copy there are links to its folders.
 */
async function linkInstalled(from: string, to: string, as: 'files' | 'folders'): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    // Not what tools keep there, such as vite's cache. Links of the workspace's own are made anew.
    if (name === '@harmony' || (name.startsWith('.') && name !== '.bin')) continue;
    if (as === 'folders' && name !== '.bin') await symlink(join(from, name), join(to, name));
    else await linkFolder(join(from, name), join(to, name));
  }
}

/**
 * npm moves a package aside, to a name with a dot, while it replaces it: a copy made meanwhile lacks
 * it, and would fail later and elsewhere with "Cannot find package 'nx'".
 */
async function assertInstalled(root: string): Promise<void> {
  const { devDependencies = {} } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as { devDependencies?: Readonly<Record<string, string>> };
  const missing = Object.keys(devDependencies).filter(
    (name) => !existsSync(join(root, 'node_modules', name, 'package.json')),
  );
  if (missing.length === 0) return;
  throw new Error(
    `node_modules had no ${missing.join(', ')} when the workspace was copied: run npm install, or wait until one that is running has ended.`,
  );
}

async function linkFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkFolder(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target).catch(() => copyFile(source, target)); // another file system
  }
}

async function linkOwn(root: string): Promise<void> {
  const scope = join(root, 'node_modules', '@harmony');
  await rm(scope, { recursive: true, force: true });
  await mkdir(scope, { recursive: true });
  const { workspaces } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    workspaces: readonly string[];
  };
  for (const pattern of workspaces) {
    for (const file of globSync(`${pattern}/package.json`, { cwd: root })) {
      const { name } = JSON.parse(await readFile(join(root, file), 'utf8')) as { name: string };
      const link = join(root, 'node_modules', name);
      await symlink(relative(dirname(link), join(root, dirname(file))), link).catch(() => {});
    }
  }
}

function exec(
  cwd: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  onStdout: (text: string) => void,
): Promise<CommandResult> {
  const path = [join(cwd, 'node_modules', '.bin'), dirname(process.execPath), process.env['PATH']];
  // What an Nx around this process set must not reach the copy's own Nx; nor its wish for colours,
  // since what is printed is read here.
  const inherited = Object.entries(process.env).filter(
    ([key]) => !/^(NX_|npm_|VITEST|FORCE_COLOR$)/.test(key),
  );
  return new Promise((resolve) => {
    const child = execFile(
      command,
      [...args],
      {
        cwd,
        maxBuffer: 2 ** 28,
        env: {
          ...Object.fromEntries(inherited),
          PATH: path.join(':'),
          NX_DAEMON: 'false',
          NX_TUI: 'false',
          NO_COLOR: '1',
          ...env,
        },
      },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ status, stdout, stderr });
      },
    );
    child.stdout?.on('data', onStdout);
    child.stdin?.end();
  });
}
