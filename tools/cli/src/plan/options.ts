import { Option } from 'commander';

/** What a plan compares the assembly with, of those that are in it. */
export interface PlanFlags {
  readonly base?: string;
  readonly baseAssembly?: string;
  readonly deployed?: boolean;
  readonly all?: boolean;
  readonly stage?: string;
  readonly assembly?: string;
  readonly commit?: string;
}

/** The options that say what the assembly is compared with. */
export function comparisonOptions(): readonly Option[] {
  return [
    new Option('--deployed', 'compare with what the stage runs, as CloudFormation has it'),
    new Option('--base <ref>', 'compare with the assembly of a commit, which is synthesised'),
    new Option(
      '--base-assembly <dir>',
      'compare with this assembly; --base then only explains what differs',
    ).conflicts('deployed'),
    new Option('--all', 'take every stack, changed or not').conflicts([
      'base',
      'baseAssembly',
      'deployed',
    ]),
    new Option(
      '--commit <ref>',
      'commit that the assembly was made of (default: the working tree)',
    ),
  ];
}
