import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/**
 * Ends the processes of handlers when this one is gone, however it went: by any signal, with handlers
 * that are busy and see nothing of it. A shell reads their numbers from a pipe, which the system
 * closes with this process, and kills those that are left. In a session of its own it is out of
 * reach of what a terminal sends.
 */
const SCRIPT = `trap '' HUP INT QUIT TERM
pids=' '
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
for pid in $pids; do kill -9 "$pid" 2>/dev/null; done`;

/** One for all processes of a local system. */
export class ProcessGuard implements Disposable {
  #shell: ChildProcess | undefined;

  /** From now on the process does not outlive this one. */
  watch(child: ChildProcess): void {
    const { pid } = child;
    // Windows has no such shell; there a job object would be needed.
    if (pid === undefined || process.platform === 'win32') return;
    this.#tell(`+ ${pid}\n`);
    // Its number may be given to another process from then on.
    child.once('exit', () => this.#tell(`- ${pid}\n`));
  }

  [Symbol.dispose](): void {
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #tell(line: string): void {
    if (line.startsWith('+')) this.#shell ??= startShell();
    this.#shell?.stdin?.write(line);
  }
}

function startShell(): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Neither it nor its pipe keeps this process alive.
  shell.unref();
  (shell.stdin as { unref?: () => void } | null)?.unref?.();
  shell.on('error', () => {});
  shell.stdin?.on('error', () => {});
  return shell;
}
