import type { StackFiles } from '@harmony/assembly';

/** The region that the stage names, if it does: otherwise it is that of whoever deploys. */
export function regionOf(stage: string, files: readonly StackFiles[]): string | undefined {
  const { environment = '' } = files.find((file) => file.stage === stage) ?? {};
  const region = environment.split('/').at(-1);
  return region === '' || region === 'unknown-region' ? undefined : region;
}
