import type { Command as Program } from 'commander';
import type { Io } from './io.ts';

/** 0: done; 1: it ran and failed, or found problems; 2: bad usage or input, nothing was started. */
export type ExitStatus = 0 | 1 | 2;

/**
 * A command: a folder under `commands/` whose `command.ts` declares it and its flags, beside the
 * action that it loads only when it is called. To add one, add its folder, and its line in the list
 * of the folder above.
 */
export interface CliCommand {
  register(program: Program, context: CommandContext): void;
}

export interface CommandContext {
  readonly io: Io;
  /** Runs the command's work and keeps its exit status. */
  run(work: () => Promise<ExitStatus>): Promise<void>;
}
