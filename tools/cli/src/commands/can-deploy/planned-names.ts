import { readText } from '../../input/read-text.ts';
import type { Io } from '../../io.ts';
import { UsageError } from '../../usage-error.ts';

/**
 * The workflows that a plan deploys to a stage, in its order; stacks without a workflow are left out.
 * @throws UsageError for a file that isn't a plan of that stage: no plan is not "nothing to ask"
 */
export async function plannedNames(
  file: string,
  stage: string,
  io: Io,
): Promise<readonly string[]> {
  const text = (await readText(file, 'the plan', io)).replace(/^\uFEFF/, '');
  const plan = stageOfPlan(text, stage);
  if (plan === undefined) {
    throw new UsageError(
      `${file} isn't a plan of the stage ${stage}: write one with  harmony deploy-plan --stage ${stage} --json`,
    );
  }
  return plan.flat().flatMap(({ name, kind }) => (kind === 'shared' ? [] : [name]));
}

interface Planned {
  readonly name: string;
  readonly kind: string;
}

function stageOfPlan(text: string, name: string): readonly (readonly Planned[])[] | undefined {
  try {
    const { stages } = JSON.parse(text) as {
      readonly stages: readonly { readonly stage: string; readonly waves: readonly Planned[][] }[];
    };
    const waves = stages.find(({ stage }) => stage === name)?.waves;
    return waves?.every(isWave) === true ? waves : undefined;
  } catch {
    return undefined;
  }
}

function isWave(wave: unknown): boolean {
  return (
    Array.isArray(wave) &&
    wave.every(({ name, kind }: Partial<Planned>) =>
      [name, kind].every((each) => typeof each === 'string'),
    )
  );
}
