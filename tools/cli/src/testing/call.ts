import { runCli } from '../cli.ts';
import type { ExitStatus } from '../command.ts';

export interface CallResult {
  readonly status: ExitStatus;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly cwd: string;
  readonly stdin?: string;
  readonly tty?: boolean;
  /** What the person at the terminal answers; without it there is none to ask. */
  readonly ask?: (question: string) => Promise<string>;
  readonly columns?: number | undefined;
  readonly rows?: number;
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** Sees each piece of output as it comes. */
  readonly onStdout?: (text: string) => void;
}

/** Runs one command line in this process and keeps what it writes. */
export async function call(args: readonly string[], options: CallOptions): Promise<CallResult> {
  const written = { stdout: '', stderr: '' };
  const output = (stream: 'stdout' | 'stderr') => ({
    write: (text: string): void => {
      written[stream] += text;
      if (stream === 'stdout') options.onStdout?.(text);
    },
    columns: options.columns,
    rows: options.rows,
    isTTY: options.tty === true,
  });
  const status = await runCli(args, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: async () => options.stdin ?? '',
    ask: options.ask,
    cwd: options.cwd,
    env: options.env ?? {},
    signal: options.signal ?? new AbortController().signal,
  });
  return { status, ...written };
}
