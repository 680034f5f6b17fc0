import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { removeOwner } from '../shared/codeowners.ts';
import { removeExampleSchema } from '../shared/editor-schemas.ts';
import { GeneratorError } from '../shared/generator-error.ts';
import { orchestrationFiles, targetsIn } from '../shared/orchestration-file.ts';
import { removeStack } from '../shared/stack-file.ts';
import { assertChild, editAppDependencies, install } from '../shared/workspace.ts';

export interface RemoveChildOptions {
  readonly name: string;
  readonly skipInstall?: boolean;
}

/**
 * Takes a child workflow out of the workspace. What is deployed stays: `nx destroy` it first, or
 * delete its stacks.
 *
 * @throws GeneratorError `CHILD_UNKNOWN`; `CHILD_IN_USE` while a target starts it
 */
export async function removeChildGenerator(
  tree: Tree,
  { name, skipInstall }: RemoveChildOptions,
): Promise<GeneratorCallback> {
  assertChild(tree, name);
  const uses = orchestrationFiles(tree).flatMap(({ file, name: orchestration }) =>
    targetsIn(file, tree.read(file, 'utf8') ?? '')
      .filter(({ child }) => child === name)
      .map(({ id }) => `${id ?? '(without a literal id)'} of ${orchestration}`),
  );
  if (uses.length > 0) {
    throw new GeneratorError(
      'CHILD_IN_USE',
      `${name} is started by ${uses.length === 1 ? 'the target' : 'the targets'} ${uses.join(', ')}: remove that from infra/src/orchestrations first.`,
    );
  }
  for (const folder of [`apps/${name}`, `libs/contracts/${name}`]) tree.delete(folder);
  removeStack(tree, name);
  editAppDependencies(tree, { remove: [`@harmony/${name}`, `@harmony/${name}-contract`] });
  removeOwner(tree, name);
  removeExampleSchema(tree, name);
  await formatFiles(tree);
  return install(skipInstall, tree.root);
}
