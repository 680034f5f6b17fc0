import type { CliCommand } from '../../command.ts';
import { init } from './init/command.ts';
import { record } from './record/command.ts';

const commands: readonly CliCommand[] = [init, record];

/** `harmony mocks …` */
export const mocks: CliCommand = {
  register(program, context) {
    const group = program
      .command('mocks')
      .description('Make what answers in place of AWS in local runs and tests.');
    for (const command of commands) command.register(group, context);
  },
};
