import { formatFiles, type Tree } from '@nx/devkit';
import { GeneratorError } from '../shared/generator-error.ts';
import { handlerNames, writeHandler } from '../shared/handler-template.ts';
import { assertName } from '../shared/names.ts';
import { definitionOf } from '../shared/workspace.ts';
import { addTaskAfterCheckInput } from './add-task.ts';

export interface HandlerOptions {
  readonly child: string;
  readonly name: string;
}

/**
 * Adds a Lambda handler to a child: the handler, the function it computes with and its test, and a
 * state that calls it right after *Check input*. Nothing reads its result yet, so the child does
 * what it did.
 */
export async function handlerGenerator(tree: Tree, { child, name }: HandlerOptions): Promise<void> {
  assertName('the handler', name);
  const definition = definitionOf(tree, child);
  const root = `apps/${child}`;
  const taken = [`${root}/src/handlers/${name}.ts`, `${root}/src/${name}.ts`].find((file) =>
    tree.exists(file),
  );
  if (taken !== undefined) {
    throw new GeneratorError('NAME_TAKEN', `${taken} already exists: choose another name.`);
  }
  const names = handlerNames(name);
  writeHandler(tree, child, names);
  tree.write(
    definition,
    addTaskAfterCheckInput(definition, tree.read(definition, 'utf8') ?? '', names),
  );
  await formatFiles(tree);
}
