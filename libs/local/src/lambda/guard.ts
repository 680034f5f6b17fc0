import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/**
 * Ends the processes of handlers when this one is gone, however it went: by any signal, with handlers
 * that are busy and see nothing of it; and removes what they have written. A shell reads their
 * numbers from a pipe, which the system closes with this process, and kills those that are left. In a
 * session of its own it is out of reach of what a terminal sends. All of it is POSIX: no prctl of
 * Linux, no kqueue of macOS. On Windows Node itself puts its child processes into a job object that
 * the system ends with this process (libuv, `src/win/process.c`, `uv__init_global_job_handle`).
 */
const SCRIPT = `trap '' HUP INT QUIT TERM
pids=' '
folder=
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    /) folder=$pid ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
[ -z "$folder" ] || rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }`;

/** One for all processes of a local system. */
export class ProcessGuard implements Disposable {
  #shell: ChildProcess | undefined;

  /** From now on the process does not outlive this one. */
  watch(child: ChildProcess): void {
    const { pid } = child;
    if (pid === undefined) return;
    this.#tell(`+ ${pid}\n`);
    // Its number may be given to another process from then on.
    child.once('exit', () => this.#tell(`- ${pid}\n`));
  }

  /** From now on the folder does not outlive this process either. @param folder absolute */
  remove(folder: string): void {
    this.#tell(`/ ${folder}\n`);
  }

  [Symbol.dispose](): void {
    this.#shell?.stdin?.end();
    this.#shell = undefined;
  }

  #tell(line: string): void {
    if (process.platform === 'win32') return;
    if (!line.startsWith('-')) this.#shell ??= startShell();
    this.#shell?.stdin?.write(line);
  }
}

function startShell(): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
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
