import { type Issue, validate } from '@harmony/contract';
import type { Json } from '@harmony/schema';
import type { Orchestration } from '../orchestration.ts';
import type { StageEnvironment } from './environment.ts';
import { inEnvironment } from './stage-values.ts';

/**
 * What children refuse of the configurations that one stage completes. The definition found an
 * environment that they accept; this one may be another.
 */
export function refusedInStage(
  { targets }: Orchestration,
  environment: StageEnvironment,
): readonly Issue[] {
  return targets.flatMap(({ id, contract, configuration, references, stageTexts }) => {
    if (stageTexts.length === 0) return [];
    const path = `targets[${JSON.stringify(id)}].configuration`;
    const completed: Json = inEnvironment(configuration, stageTexts, environment);
    const result = validate(contract.configuration, completed, path);
    if (result.success) return [];
    // Where an earlier target's output will stand there is nothing to judge yet.
    const pending = references.map(({ at }) => [path, ...at].join('.'));
    return result.issues.filter((issue) => !pending.some((start) => issue.path.startsWith(start)));
  });
}
