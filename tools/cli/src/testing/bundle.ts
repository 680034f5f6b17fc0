import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The command as it is shipped: a bundle of its own, for tests of what sources cannot show. */
export interface Bundle extends AsyncDisposable {
  /** Absolute path of `harmony.mjs`. */
  readonly file: string;
  /** Absolute; the temporary folder of what is started. */
  readonly temporary: string;
  /** Starts it; nothing of this process's environment gets in but PATH. */
  start(args: readonly string[], options: BundleOptions): RunningBundle;
}

export interface BundleOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: none. */
  readonly stdin?: string;
  /** Sees all of standard output so far, each time that some comes. */
  readonly onStdout?: (stdout: string, child: ChildProcess) => void;
}

export interface RunningBundle {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the bundle into a folder that goes away with it. */
export async function bundle(): Promise<Bundle> {
  const out = await mkdtemp(join(tmpdir(), 'harmony-bundle-'));
  const build = join(import.meta.dirname, '..', '..', 'build.mjs');
  await promisify(execFile)(process.execPath, [build, '--out', out]);
  const file = join(out, 'harmony.mjs');
  const temporary = join(out, 'temporary');
  await mkdir(temporary);
  return {
    file,
    temporary,
    start: (args, options) =>
      start([file, ...args], { ...options, env: { TMPDIR: temporary, ...options.env } }),
    [Symbol.asyncDispose]: () => rm(out, { recursive: true, force: true }),
  };
}

function start(args: readonly string[], options: BundleOptions): RunningBundle {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...options.env },
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
    options.onStdout?.(written.stdout, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  child.stdin.end(options.stdin ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, ...written }));
  });
  return { process: child, ended };
}
