import { askAtTerminal } from './ask.ts';
import { runCli } from './cli.ts';
import { textOf } from './input/read-text.ts';
import { interruption } from './interruption.ts';
import type { Io } from './io.ts';
import { Streams } from './streams.ts';
import { toldToUser } from './told-to-user.ts';
import { UsageError } from './usage-error.ts';

const streams = new Streams(process.stdout, process.stderr);

/** Where the user is; the folder may be gone, and then nothing can be found from it. */
function here(): string {
  try {
    return process.cwd();
  } catch (error) {
    const message = 'the current folder no longer exists: change to another one.';
    throw new UsageError(message, { cause: error });
  }
}

try {
  const io: Io = {
    ...streams.outputs,
    stdin: () => textOf(() => process.stdin, 'standard input'),
    ask: process.stdin.isTTY ? askAtTerminal : undefined,
    cwd: here(),
    env: process.env,
    get signal() {
      return interruption();
    },
  };
  await streams.end(await runCli(process.argv.slice(2), io));
} catch (error) {
  const told = toldToUser(error);
  // Node would print the line of the bundle as well.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = told?.message ?? `a bug in harmony itself, please report it: ${stack}`;
  await streams.end(told?.status ?? 1, `harmony: ${message}\n`);
}
