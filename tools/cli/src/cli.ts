import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { ExitStatus } from './command.ts';
import { commands } from './commands/index.ts';
import type { Io } from './io.ts';
import { toldToUser } from './told-to-user.ts';

/**
 * Runs one command line.
 * @param args without the program's own name
 * @returns the exit status
 * @throws what only a fault in Harmony itself throws: all that a user can put right is told here
 */
export async function runCli(args: readonly string[], io: Io): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const program = new Command('harmony')
    .description('Run and check AWS Step Functions workflows from the synthesised CDK assembly.')
    .version(manifest.version)
    .showHelpAfterError('(add --help for usage)')
    // Inherited by the commands declared below.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      outputError: (text, write) => write(text.replace(/^error: /, 'harmony: ')),
    });
  const context = {
    io,
    run: async (work: () => Promise<ExitStatus>): Promise<void> => {
      status = await work();
    },
  };
  for (const command of commands) command.register(program, context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const told = toldToUser(error);
    if (told === undefined) throw error;
    io.stderr.write(`harmony: ${told.message}\n`);
    return told.status;
  }
}
