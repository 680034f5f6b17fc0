import { Option } from 'commander';
import type { CliCommand } from '../command.ts';
import type { RunFlags } from '../run/flags.ts';

/** `harmony run NAME` */
export const run: CliCommand = {
  register(program, { io, run: keep }) {
    program
      .command('run')
      .description('Run an orchestrator, or one child workflow, from the assembly on this machine.')
      .argument('<name>', 'orchestrator or child workflow, e.g. account-review')
      .option(
        '-i, --input <file>',
        'execution input as JSON, - for standard input (default: infra/examples/NAME.json, for a child example.json in its folder)',
      )
      .option('-s, --stage <stage>', 'stage of the assembly', 'dev')
      .option('--assembly <dir>', 'assembly to run (default: infra/cdk.out of the workspace)')
      .option('--skip-delays', 'start delayed targets at once')
      .option('--only <ids>', 'run these targets alone, separated by commas', ids)
      .option('--disable <ids>', 'leave these targets out, separated by commas', ids)
      .option('--mocks <case>', 'test case of the mocks to use where a child has it')
      .option('--start-time <time>', "where the run's clock starts, e.g. 2026-01-31T08:00:00Z")
      .option('--real-time', 'wait for delays instead of jumping over them')
      .option('--logs', 'show what the Lambda functions log, on standard error')
      .addOption(new Option('--json', 'print the report as one JSON document and nothing else'))
      .action((name: string, flags: RunFlags) =>
        keep(async () => {
          const { runWorkflow } = await import('../run/run-workflow.ts');
          return runWorkflow(name, flags, io);
        }),
      );
  },
};

/** Comma-separated and repeatable. */
function ids(value: string, previous: readonly string[] = []): readonly string[] {
  const named = value.split(',').map((id) => id.trim());
  return [...previous, ...named.filter((id) => id !== '')];
}
