import type { CliCommand } from '../../command.ts';
import { assemblyOption, jsonOption, stageOption } from '../../options/common.ts';
import { list } from '../../options/list.ts';
import { wholeNumber } from '../../options/numbers.ts';
import { time } from '../../options/time.ts';
import { substitutionsOption, typeOption } from '../../options/definition.ts';
import type { RunFlags } from './flags.ts';

/** `harmony run NAME`, `harmony run FILE [NAME]` */
export const run: CliCommand = {
  register(program, { io, run: keep }) {
    program
      .command('run')
      .description(
        'Run a state machine on this machine: an orchestrator or a child workflow of the assembly, a definition, or one of a template of CloudFormation or SAM.',
      )
      .argument('<name>', 'e.g. account-review, orders.asl.json, template.yaml')
      .argument('[machine]', 'in a template that has several: logical id or name')
      .option(
        '-i, --input <file>',
        'execution input as JSON, - for standard input (default: infra/examples/NAME.json, for a child example.json in its folder)',
      )
      .addOption(stageOption())
      .addOption(assemblyOption('run'))
      .option('--skip-delays', 'start delayed targets at once')
      .option('--only <ids>', 'run these targets alone, separated by commas', list)
      .option('--with-dependencies', 'with --only: also what these targets depend on')
      .option('--disable <ids>', 'leave these targets out, separated by commas', list)
      .option(
        '--mocks <cases>',
        'test case of the mocks to use where a child has it; TARGET=CASE for one target, separated by commas',
      )
      .option('--mocks-file <file>', 'mocks of the state machines that the file names')
      .option(
        '--aws-endpoint <[service=]url>',
        'where a service, or each, really answers: its calls go there instead of to mocks; may be repeated',
        (url: string, others: readonly string[] = []) => [...others, url],
      )
      .option('--allow-remote-endpoint', 'let endpoints be off this machine')
      .addOption(substitutionsOption())
      .addOption(typeOption())
      .option(
        '--start-time <time>',
        "where the run's clock starts, e.g. 2026-01-31T08:00:00Z",
        time,
      )
      .option('--real-time', 'wait for delays instead of jumping over them')
      .option('--trace', 'show each state entered: input, output, variables, duration')
      .option('--logs', 'show what the Lambda functions log, on standard error')
      .option(
        '--inspect [function]',
        "make a function, or each of the run's, wait for a debugger before its code loads",
      )
      .option('--inspect-port <port>', 'where on this machine', wholeNumber(1, 65_535), 9229)
      .addOption(jsonOption('the report'))
      .action((name: string, machine: string | undefined, flags: RunFlags) =>
        keep(async () => {
          const { runWorkflow } = await import('./run-workflow.ts');
          return runWorkflow(name, machine, flags, io);
        }),
      );
  },
};
