import type { Assembly, Stage } from '@harmony/assembly';
import { UsageError } from '../usage-error.ts';

const DEFAULT_STAGE = 'dev';

/**
 * The stage that the user named; without a name the only one, else `dev`.
 * @throws UsageError, naming those that there are
 */
export function stageOf({ stages }: Assembly, given: string | undefined): Stage {
  const [only, ...others] = stages;
  if (given === undefined && only !== undefined && others.length === 0) return only;
  const name = given ?? DEFAULT_STAGE;
  const found = stages.find((stage) => stage.name === name);
  if (found !== undefined) return found;
  const known = stages.map((stage) => stage.name).join(', ') || 'none';
  if (given === undefined && stages.length > 1) {
    throw new UsageError(`name a stage with --stage: the assembly has ${known}.`);
  }
  throw new UsageError(`the assembly has no stage ${JSON.stringify(name)}. Stages: ${known}.`);
}

/** The stage that the user named, or all of them. @throws UsageError as `stageOf` */
export function stagesOf(assembly: Assembly, name: string | undefined): readonly Stage[] {
  return name === undefined ? assembly.stages : [stageOf(assembly, name)];
}
