import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export const WORKSPACE = resolve(import.meta.dirname, '..', '..');

/** The bundle that the `build` target of the CLI wrote; tests run after it. */
const HARMONY = join(WORKSPACE, 'tools', 'cli', 'dist', 'harmony.mjs');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  /** Variables of its environment, besides PATH. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with all of standard output so far. */
  readonly onStdout?: (stdout: string, interrupt: () => void) => void;
}

/**
 * Runs the command at a terminal of its own, by `script`, and types each answer when its question is
 * there. Both outputs come as one.
 */
export function harmonyAtTerminal(
  args: readonly string[],
  { env = {}, answers }: { env?: ProcessOptions['env']; answers: readonly [RegExp, string][] },
): Promise<{ readonly status: number | null; readonly text: string }> {
  const command = [process.execPath, HARMONY, ...args];
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  // util-linux's, which takes the command as text; BSD's takes its words.
  const script =
    process.platform === 'linux'
      ? ['-qefc', quoted, '/dev/null']
      : ['-qe', '/dev/null', ...command];
  return new Promise((done, failed) => {
    const child = spawn('script', script, {
      cwd: WORKSPACE,
      env: { PATH: process.env.PATH, ...env },
    });
    const left = [...answers];
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      const [next] = left;
      if (next?.[0].test(text) !== true) return;
      left.shift();
      child.stdin.write(next[1]);
    });
    child.on('error', failed);
    child.on('close', (status) => done({ status, text }));
  });
}

/** Runs the command as a process of its own, in the workspace. */
export function harmony(args: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [HARMONY, ...args], {
      cwd: options.cwd ?? WORKSPACE,
      env: { PATH: process.env.PATH, ...options.env },
    });
    const written = { stdout: '', stderr: '' };
    let interrupted = false;
    const interrupt = (): void => {
      // A second one ends the process without its report.
      if (!interrupted) child.kill('SIGINT');
      interrupted = true;
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      written.stdout += text;
      options.onStdout?.(written.stdout, interrupt);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
    child.on('error', failed);
    child.on('close', (status) => done({ status, ...written }));
    child.stdin.end(options.stdin ?? '');
  });
}
