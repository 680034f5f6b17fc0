import { environmentOf, type StackFiles } from '@harmony/assembly';

/** The region that the stage names, if it does: otherwise it is that of whoever deploys. */
export function regionOf(stage: string, files: readonly StackFiles[]): string | undefined {
  return environmentOf(files.find((file) => file.stage === stage)?.environment).region;
}
