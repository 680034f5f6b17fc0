import type { CliCommand } from '../../command.ts';
import { assemblyOption, jsonOption, stageOption } from '../../options/common.ts';
import { list } from '../../options/list.ts';
import { wholeNumber } from '../../options/numbers.ts';
import { time } from '../../options/time.ts';
import type { RunFlags } from './flags.ts';

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
      .addOption(stageOption())
      .addOption(assemblyOption('run'))
      .option('--skip-delays', 'start delayed targets at once')
      .option('--only <ids>', 'run these targets alone, separated by commas', list)
      .option('--disable <ids>', 'leave these targets out, separated by commas', list)
      .option('--mocks <case>', 'test case of the mocks to use where a child has it')
      .option(
        '--start-time <time>',
        "where the run's clock starts, e.g. 2026-01-31T08:00:00Z",
        time,
      )
      .option('--real-time', 'wait for delays instead of jumping over them')
      .option('--logs', 'show what the Lambda functions log, on standard error')
      .option(
        '--inspect [function]',
        "make a function, or each of the run's, wait for a debugger before its code loads",
      )
      .option('--inspect-port <port>', 'where on this machine', wholeNumber(1, 65_535), 9229)
      .addOption(jsonOption('the report'))
      .action((name: string, flags: RunFlags) =>
        keep(async () => {
          const { runWorkflow } = await import('./run-workflow.ts');
          return runWorkflow(name, flags, io);
        }),
      );
  },
};
