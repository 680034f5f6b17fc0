import type { CliCommand } from '../../../command.ts';
import { assemblyOption, jsonOption, stageOption } from '../../../options/common.ts';
import { wholeNumber } from '../../../options/numbers.ts';
import { time } from '../../../options/time.ts';
import type { FuzzFlags } from './flags.ts';

/** `harmony contracts fuzz CHILD` */
export const fuzz: CliCommand = {
  register(contracts, { io, run }) {
    contracts
      .command('fuzz')
      .description(
        'Run a child on inputs generated from its contract: valid ones and invalid ones.',
      )
      .argument('<child>', 'e.g. billing-alerts')
      .option(
        '--runs <number>',
        'valid inputs to run, and as many invalid ones',
        wholeNumber(0),
        100,
      )
      .option('--seed <number>', 'the same seed makes the same inputs', wholeNumber(0), 1)
      .addOption(stageOption())
      .addOption(assemblyOption('run'))
      .option('--mocks <case>', 'test case of the mocks to use (default: HappyPath)')
      .option(
        '--start-time <time>',
        "where each run's clock starts (default: 2026-01-31T08:00:00Z)",
        time,
      )
      .addOption(jsonOption('the report'))
      .action((child: string, flags: FuzzFlags) =>
        run(async () => {
          const { fuzzContract } = await import('./fuzz-contract.ts');
          return fuzzContract(child, flags, io);
        }),
      );
  },
};
