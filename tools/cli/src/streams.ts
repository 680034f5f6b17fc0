import type { Io, Output } from './io.ts';

type Stream = NodeJS.WriteStream;

/** What output that cannot be written says. */
const REASONS: Readonly<Record<string, string>> = {
  EDQUOT: 'the disk quota is used up',
  ENOSPC: 'the disk is full',
  EIO: 'the terminal is gone',
};

/**
 * The process's output. A reader that leaves early (`harmony … | head`) ends the process without a
 * word, as it does other commands; anything else that cannot be written is told once.
 */
export class Streams {
  readonly #stdout: Stream;
  readonly #stderr: Stream;
  #failed = false;

  constructor(stdout: Stream, stderr: Stream) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    for (const stream of [stdout, stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => this.#fail(error));
    }
  }

  get outputs(): Pick<Io, 'stdout' | 'stderr'> {
    return { stdout: output(this.#stdout), stderr: output(this.#stderr) };
  }

  /** Ends the process once all is written; nothing that a command left open keeps it alive. */
  async end(status: number, message = ''): Promise<never> {
    if (message !== '') this.#stderr.write(message);
    await Promise.all([this.#stdout, this.#stderr].map(written));
    process.exit(status);
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (this.#failed) return;
    this.#failed = true;
    const { code = '' } = error;
    // What the shell gives for a process that its reader has left: 128 and SIGPIPE.
    if (code === 'EPIPE') process.exit(141);
    const message = `harmony: the output cannot be written: ${REASONS[code] ?? error.message} (${code}).\n`;
    this.#stderr.write(message, () => process.exit(1));
  }
}

/** Once all of it has been taken, or cannot be: then `#fail` ends the process. */
function written(stream: Stream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', (error) => {
      if (error === null || error === undefined) resolve();
    });
  });
}

function output(stream: Stream): Output {
  return {
    write: (chunk) => void stream.write(chunk),
    get columns() {
      return stream.columns as number | undefined;
    },
    get rows() {
      return stream.rows as number | undefined;
    },
    isTTY: stream.isTTY,
  };
}
