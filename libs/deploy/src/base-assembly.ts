import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { DeployError } from './errors.ts';
import { linkPackages } from './link-packages.ts';

const run = promisify(execFile);

export interface BaseAssemblyOptions {
  /** A commit that the clone has. */
  readonly commit: string;
  /** The workspace, which need not be the repository's root. */
  readonly root: string;
  /** Folder of the CDK app, relative to the workspace. */
  readonly app: string;
}

/** The assembly of a commit; disposing it takes away the working tree that it was made in. */
export interface BaseAssembly extends AsyncDisposable {
  readonly dir: string;
}

/**
 * Synthesises the assembly of a commit, in a working tree of its own: from Nx's cache, which working
 * trees of a repository share, or anew. Equal sources give equal bytes, so what differs from the
 * assembly at hand is what a change deploys. Packages are the installed ones, linked, where the lock
 * file is the same; otherwise they are installed.
 *
 * @throws DeployError `BASE_UNSYNTHESISABLE`: what differs is unknown then, which is not nothing
 */
export async function baseAssembly(options: BaseAssemblyOptions): Promise<BaseAssembly> {
  const { commit, root, app } = options;
  const repository = (await git(root, 'rev-parse', '--show-toplevel')).trim();
  const folder = await mkdtemp(join(tmpdir(), 'harmony-base-'));
  const dispose = async () => {
    await git(repository, 'worktree', 'remove', '--force', folder).catch(() => {});
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await git(repository, 'worktree', 'add', '--quiet', '--detach', '--force', folder, commit);
    const base = join(folder, relative(repository, root));
    await install(root, base);
    const bin = join(base, 'node_modules', '.bin');
    await run('nx', ['run-many', '--targets=synth', '--output-style=static'], {
      cwd: base,
      maxBuffer: 2 ** 26,
      env: environment(bin),
    });
    const dir = join(base, app, 'cdk.out');
    if (!existsSync(join(dir, 'manifest.json'))) throw new Error(`it has no ${app}/cdk.out`);
    return { dir, [Symbol.asyncDispose]: dispose };
  } catch (cause) {
    await dispose();
    const {
      stdout = '',
      stderr = '',
      message,
    } = cause as { stdout?: string; stderr?: string } & Error;
    throw new DeployError(
      'BASE_UNSYNTHESISABLE',
      `The assembly of ${commit.slice(0, 12)} cannot be made, so what differs from it is unknown: ${(stderr + stdout).trim().slice(-2000) || message}\nName an assembly that was made of it with --base-assembly, or take every stack with --all.`,
      { cause },
    );
  }
}

function git(cwd: string, ...args: string[]): Promise<string> {
  return run('git', args, { cwd, maxBuffer: 2 ** 26 }).then(({ stdout }) => stdout);
}

/** Without what an Nx around this process set for itself. */
function environment(bin: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^NX_(?!CACHE_DIRECTORY|SELF_HOSTED)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
    ...{ NX_DAEMON: 'false', NX_TUI: 'false', NO_COLOR: '1' },
  };
}

async function install(root: string, base: string): Promise<void> {
  const lock = (folder: string) =>
    readFile(join(folder, 'package-lock.json'), 'utf8').catch(() => undefined);
  const [here, there] = await Promise.all([lock(root), lock(base)]);
  if (here !== undefined && here === there && existsSync(join(root, 'node_modules'))) {
    await linkPackages(root, base);
  } else {
    await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], {
      cwd: base,
      maxBuffer: 2 ** 26,
    });
  }
}
