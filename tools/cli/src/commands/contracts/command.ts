import type { CliCommand } from '../../command.ts';
import { check } from './check/command.ts';
import { diff } from './diff/command.ts';
import { fuzz } from './fuzz/command.ts';
import { lint } from './lint/command.ts';
import { snapshot } from './snapshot/command.ts';

const commands: readonly CliCommand[] = [check, diff, lint, fuzz, snapshot];

/** `harmony contracts …` */
export const contracts: CliCommand = {
  register(program, context) {
    const group = program
      .command('contracts')
      .description('Check the contracts between orchestrators and child workflows.');
    for (const command of commands) command.register(group, context);
  },
};
