import { Option } from 'commander';

/** `--assembly <dir>`. @param use what the command does with it: `run`, `deploy` */
export function assemblyOption(use: string): Option {
  return new Option(
    '--assembly <dir>',
    `assembly to ${use} (default: infra/cdk.out of the workspace)`,
  );
}

/** `--json`. @param what is printed: `the report` */
export function jsonOption(what: string): Option {
  return new Option('--json', `print ${what} as one JSON document and nothing else`);
}

/** `--stage <stage>`, where the command takes one stage. */
export function stageOption(): Option {
  return new Option('-s, --stage <stage>', 'stage of the assembly (default: the only one, or dev)');
}

/** `--stage <stage>`, where the command takes every stage unless one is named. */
export function anyStageOption(): Option {
  return new Option(
    '-s, --stage <stage>',
    'this stage only (default: every stage of the assembly)',
  );
}
