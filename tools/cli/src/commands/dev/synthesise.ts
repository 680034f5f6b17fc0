import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** `ok: false` with what Nx wrote. */
export type Synthesis = { readonly ok: true } | { readonly ok: false; readonly output: string };

/**
 * Builds and synthesises the workspace through Nx, as `nx synth infra` does.
 * @param root absolute
 * @param signal ends it; it then rejects with the signal's reason
 */
export function synthesise(root: string, signal: AbortSignal): Promise<Synthesis> {
  const bin = join(root, 'node_modules', '.bin');
  return new Promise((resolve, reject) => {
    let output = '';
    const nx = spawn('nx', ['run', 'infra:synth', '--output-style=static'], {
      cwd: root,
      // A group of its own, so that all that it started can be ended with it.
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
    });
    const end = (): void => {
      if (nx.pid === undefined) return;
      if (process.platform === 'win32') nx.kill();
      else process.kill(-nx.pid, 'SIGTERM');
    };
    signal.addEventListener('abort', end, { once: true });
    for (const stream of [nx.stdout, nx.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    nx.on('error', reject);
    nx.on('close', (code) => {
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve(code === 0 ? { ok: true } : { ok: false, output });
    });
  });
}
