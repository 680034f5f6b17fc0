import type { Assembly, Stage } from '@harmony/assembly';
import { UsageError } from '../usage-error.ts';

/**
 * The stage that the user named.
 * @throws UsageError, naming those that there are
 */
export function stageOf({ stages }: Assembly, name: string): Stage {
  const found = stages.find((stage) => stage.name === name);
  if (found !== undefined) return found;
  const known = stages.map((stage) => stage.name).join(', ') || 'none';
  throw new UsageError(`the assembly has no stage ${JSON.stringify(name)}. Stages: ${known}.`);
}

/** The stage that the user named, or all of them. @throws UsageError as `stageOf` */
export function stagesOf(assembly: Assembly, name: string | undefined): readonly Stage[] {
  return name === undefined ? assembly.stages : [stageOf(assembly, name)];
}
