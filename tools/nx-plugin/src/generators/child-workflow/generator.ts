import { join } from 'node:path';
import { formatFiles, generateFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addOwner } from '../shared/codeowners.ts';
import { GeneratorError } from '../shared/generator-error.ts';
import { handlerNames, writeHandler } from '../shared/handler-template.ts';
import { assertName, camelCase, listOf, pascalCase } from '../shared/names.ts';
import { hasStack, writeChildStack } from '../shared/stack-file.ts';
import { snapshot } from '../shared/snapshot.ts';
import { editAppDependencies, install, projectNames, versionOf } from '../shared/workspace.ts';

export interface ChildWorkflowOptions {
  readonly name: string;
  readonly queryLanguage?: 'jsonata' | 'jsonpath';
  /** Besides check-input; Nx gives the text, callers may give a list. */
  readonly handlers?: string | readonly string[];
  readonly team?: string;
  readonly skipInstall?: boolean;
}

/**
 * Writes a child workflow that works: its folder, its contract, its stack in the CDK app, its owner.
 * No orchestration starts it yet.
 */
export async function childWorkflowGenerator(
  tree: Tree,
  options: ChildWorkflowOptions,
): Promise<GeneratorCallback> {
  const { name } = options;
  assertName('the child workflow', name);
  assertFree(tree, name);
  const handlers = listOf(options.handlers ?? 'find-aliases').filter(
    (handler) => handler !== 'check-input',
  );
  for (const handler of handlers) assertName('the handler', handler);

  const app = 'infra/package.json';
  const variables = {
    name,
    camel: camelCase(name),
    pascal: pascalCase(name),
    jsonata: options.queryLanguage !== 'jsonpath',
    handlers: handlers.map(handlerNames),
    zodVersion: versionOf(tree, app, 'zod'),
    cdkVersion: versionOf(tree, app, 'aws-cdk-lib'),
    constructsVersion: versionOf(tree, app, 'constructs'),
  };
  const files = join(import.meta.dirname, 'files');
  generateFiles(tree, join(files, 'contract'), `libs/contracts/${name}`, variables);
  generateFiles(tree, join(files, 'app'), `apps/${name}`, variables);
  for (const handler of variables.handlers) writeHandler(tree, name, handler);
  writeChildStack(tree, name);
  editAppDependencies(tree, { add: [`@harmony/${name}`, `@harmony/${name}-contract`] });
  if (options.team !== undefined && options.team !== '') addOwner(tree, name, options.team);
  await formatFiles(tree);
  const installed = install(options.skipInstall, tree.root);
  const snapshotWritten = snapshot(tree.root, 'child', name);
  return () => {
    installed();
    snapshotWritten();
  };
}

function assertFree(tree: Tree, name: string): void {
  const taken = [`apps/${name}`, `libs/contracts/${name}`].find((folder) => tree.exists(folder));
  const clash = [name, `${name}-contract`].find((project) => projectNames(tree).includes(project));
  const reason =
    taken !== undefined
      ? `${taken} already exists`
      : clash !== undefined
        ? `there is already a package ${clash}`
        : hasStack(tree, name)
          ? 'the CDK app already has a stack of that name'
          : undefined;
  if (reason === undefined) return;
  throw new GeneratorError(
    'NAME_TAKEN',
    `the child workflow ${JSON.stringify(name)} cannot be generated: ${reason}. Choose another name; remove-child removes a child.`,
  );
}
