import { spawn } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readAssembly } from '@harmony/assembly';

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
  /** Called with all of standard output so far. */
  readonly onStdout?: (stdout: string, interrupt: () => void) => void;
}

/** Runs the command as a process of its own, in the workspace. */
export function harmony(args: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [HARMONY, ...args], {
      cwd: options.cwd ?? WORKSPACE,
      env: { PATH: process.env.PATH },
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

/**
 * A copy of the synthesised assembly, with its assets, one handler replaced. All functions of its
 * stage get the timeout, in seconds, where one is given.
 */
export async function assemblyWithHandler(
  functionName: string,
  source: string,
  timeout?: number,
): Promise<Disposable & { readonly dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'harmony-e2e-'));
  cpSync(join(WORKSPACE, 'infra', 'cdk.out'), dir, { recursive: true });
  if (timeout !== undefined) setTimeouts(dir, timeout);
  const { stages } = await readAssembly(dir);
  const found = stages
    .flatMap((stage) => stage.functions)
    .find((candidate) => candidate.name === functionName);
  if (found === undefined) throw new Error(`the assembly has no function ${functionName}`);
  writeFileSync(join(found.assetPath, 'index.mjs'), source);
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true }) };
}

function setTimeouts(dir: string, seconds: number): void {
  for (const file of globSync(join(dir, '*', '*.template.json'))) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/"Timeout": \d+/g, `"Timeout": ${seconds}`));
  }
}
