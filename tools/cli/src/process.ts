import { text } from 'node:stream/consumers';
import { runCli } from './cli.ts';
import type { Io, Output } from './io.ts';

// A reader that leaves early (`harmony … | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The first asks the run to stop and show how far it came; a second ends the process at once.
  process.once(signal, () => {
    interrupted.abort();
    process.once(signal, () => process.exit(1));
  });
}

const output = (stream: NodeJS.WriteStream): Output => ({
  write: (chunk) => void stream.write(chunk),
  get columns() {
    return stream.columns as number | undefined;
  },
  get rows() {
    return stream.rows as number | undefined;
  },
  isTTY: stream.isTTY,
});

const io: Io = {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  stdin: () => text(process.stdin),
  cwd: process.cwd(),
  env: process.env,
  signal: interrupted.signal,
};

try {
  process.exitCode = await runCli(process.argv.slice(2), io);
} catch (error) {
  // Node would print the line of the bundle as well.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`harmony: a fault of harmony itself, please report it: ${text}\n`);
  process.exitCode = 1;
}
