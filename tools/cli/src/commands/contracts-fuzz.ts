import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command.ts';

export interface ContractsFuzzFlags {
  readonly runs: number;
  readonly seed: number;
  readonly stage: string;
  readonly assembly?: string;
  readonly mocks?: string;
  readonly startTime?: string;
  readonly json?: boolean;
}

/** `harmony contracts fuzz CHILD` */
export function registerFuzz(contracts: Command, { io, run }: CommandContext): void {
  contracts
    .command('fuzz')
    .description('Run a child on inputs generated from its contract: valid ones and invalid ones.')
    .argument('<child>', 'e.g. billing-alerts')
    .option('--runs <number>', 'valid inputs to run, and as many invalid ones', natural, 100)
    .option('--seed <number>', 'the same seed makes the same inputs', natural, 1)
    .option('-s, --stage <stage>', 'stage of the assembly', 'dev')
    .option('--assembly <dir>', 'assembly to run (default: infra/cdk.out of the workspace)')
    .option('--mocks <case>', 'test case of the mocks that answers (default: HappyPath)')
    .option('--start-time <time>', "where each run's clock starts (default: 2026-01-31T08:00:00Z)")
    .option('--json', 'print the report as one JSON document and nothing else')
    .action((child: string, flags: ContractsFuzzFlags) =>
      run(async () => {
        const { fuzzContract } = await import('../contracts/fuzz.ts');
        return fuzzContract(child, flags, io);
      }),
    );
}

function natural(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('It is a whole number from 0.');
}
