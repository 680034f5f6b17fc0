import { type Environment, environmentOf, type StackFiles } from '@harmony/assembly';
import { UsageError } from '../usage-error.ts';

/**
 * The account and the region that the stage names, as far as it does: otherwise they are those of
 * whoever deploys.
 *
 * @throws UsageError where its stacks name several: of what runs elsewhere nobody would be asked
 */
export function placeOf(stage: string, files: readonly StackFiles[]): Environment {
  const own = files.filter((file) => file.stage === stage);
  const [first, ...others] = own;
  const other = others.find(({ environment }) => environment !== first?.environment);
  if (first !== undefined && other !== undefined) {
    throw new UsageError(
      `the stacks of the stage ${stage} go to several places: ${first.name} to ${first.environment}, ${other.name} to ${other.environment}. A stage has one account and one region: name them as its env, in infra/src/stages.ts, and give no stack another.`,
    );
  }
  return environmentOf(first?.environment);
}
