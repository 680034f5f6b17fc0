import { createInterface } from 'node:readline/promises';

/**
 * Asks the person at the terminal for a line; the end of the input answers nothing. The terminal keeps
 * its own line editing, so that Ctrl-C ends the process as ever.
 */
export async function askAtTerminal(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return await Promise.race([lines.question(question), ended]);
  } finally {
    lines.close();
  }
}
