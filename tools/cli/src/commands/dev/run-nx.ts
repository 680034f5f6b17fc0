import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** `ok: false` with what Nx wrote. */
export type NxResult = { readonly ok: true } | { readonly ok: false; readonly output: string };

/**
 * Builds and synthesises the workspace through Nx, as `nx synth infra` does.
 * @param root absolute
 * @param signal ends it; it then rejects with the signal's reason
 */
export function synthesise(root: string, signal: AbortSignal): Promise<NxResult> {
  return nx(['run', 'infra:synth'], root, signal);
}

/** Builds the handlers of some children, as `synthesise`. */
export function buildHandlers(
  children: readonly string[],
  root: string,
  signal: AbortSignal,
): Promise<NxResult> {
  return nx(['run-many', '--targets=build', `--projects=${children.join(',')}`], root, signal);
}

function nx(args: readonly string[], root: string, signal: AbortSignal): Promise<NxResult> {
  const bin = join(root, 'node_modules', '.bin');
  return new Promise((resolve, reject) => {
    let output = '';
    const running = spawn('nx', [...args, '--output-style=static'], {
      cwd: root,
      // A group of its own, so that all that it started can be ended with it.
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
    });
    const end = (): void => {
      if (running.pid === undefined) return;
      try {
        if (process.platform === 'win32') running.kill();
        else process.kill(-running.pid, 'SIGTERM');
      } catch {
        // It has ended already.
      }
    };
    signal.addEventListener('abort', end, { once: true });
    for (const stream of [running.stdout, running.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    running.on('error', reject);
    running.on('close', (code) => {
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve(code === 0 ? { ok: true } : { ok: false, output });
    });
  });
}
