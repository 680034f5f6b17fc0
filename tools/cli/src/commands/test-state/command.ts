import { Option } from 'commander';
import type { CliCommand } from '../../command.ts';
import { wholeNumber } from '../../options/numbers.ts';
import type { TestStateFlags } from './flags.ts';

/** `harmony test-state FILE --state NAME` */
export const testState: CliCommand = {
  register(program, { io, run }) {
    program
      .command('test-state')
      .description('Test one state of a definition as the TestState API does; nothing is called.')
      .argument('<file>', 'a state machine or one state, JSON or YAML')
      .option('--state <name>', 'the state to test, at any depth (needed for a state machine)')
      .option('-i, --input <json>', "the state's input: a file, - for standard input, or JSON")
      .option(
        '--mock <json>',
        'what the called service, or the Map or Parallel, answers: {"result": …} or {"errorOutput": {"error": …, "cause": …}}; a file, or JSON',
      )
      .option('--context <json>', 'parts of the context object: a file, or JSON')
      .option('--variables <json>', "the workflow's variables: a file, or JSON")
      .option(
        '--configuration <json>',
        'stateConfiguration of the API, e.g. {"mapIterationFailureCount": 2}: a file, or JSON',
      )
      .option('--retry-count <n>', 'how often the state was retried before', wholeNumber(0))
      .addOption(
        new Option('--inspection-level <level>', 'how much is shown of the data on its way')
          .choices(['INFO', 'DEBUG', 'TRACE'])
          .default('INFO'),
      )
      .action((file: string, flags: TestStateFlags) =>
        run(async () => {
          const { testStateOfFile } = await import('./test-state.ts');
          return testStateOfFile(file, flags, io);
        }),
      );
  },
};
