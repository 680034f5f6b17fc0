import { join } from 'node:path';
import { formatFiles, generateFiles, type GeneratorCallback, logger, type Tree } from '@nx/devkit';
import { addOwner } from '../shared/codeowners.ts';
import { addExampleSchema } from '../shared/editor-schemas.ts';
import { GeneratorError } from '../shared/generator-error.ts';
import { handlerNames, writeHandler } from '../shared/handler-template.ts';
import { assertName, camelCase, listOf, pascalCase } from '../shared/names.ts';
import { hasStack, writeChildStack } from '../shared/stack-file.ts';
import { snapshot } from '../shared/snapshot.ts';
import { editAppDependencies, install, projectNames, versionOf } from '../shared/workspace.ts';
import { importChild, writeImported } from './import/import-child.ts';

/** Of a state that invokes a function: what AWS advises for faults that are Lambda's own. */
const retry = `    TimeoutSeconds: 60
    Retry:
      - ErrorEquals:
          - Lambda.ServiceException
          - Lambda.AWSLambdaException
          - Lambda.SdkClientException
          - Lambda.ClientExecutionTimeoutException
          - Lambda.TooManyRequestsException
        IntervalSeconds: 1
        BackoffRate: 2
        MaxAttempts: 4
        JitterStrategy: FULL`;

export interface ChildWorkflowOptions {
  readonly name: string;
  readonly queryLanguage?: 'jsonata' | 'jsonpath';
  /** Besides check-input; Nx gives the text, callers may give a list. */
  readonly handlers?: string | readonly string[];
  /** Without the example's content: the least contract, and nothing after check-input. */
  readonly empty?: boolean;
  /** The file of a state machine's definition to bring in; languages and handlers are its own. */
  readonly from?: string;
  readonly team?: string;
  readonly skipInstall?: boolean;
}

/**
 * Writes a child workflow that works: its folder, its contract, its stack in the CDK app, its owner.
 * No orchestration starts it yet. From a foreign definition it is that one, with a list of what is
 * left to do.
 */
export async function childWorkflowGenerator(
  tree: Tree,
  options: ChildWorkflowOptions,
): Promise<GeneratorCallback> {
  const { name } = options;
  assertName('the child workflow', name);
  assertFree(tree, name);
  const { empty = false } = options;
  const imported =
    options.from === undefined ? undefined : importChild(tree.root, name, options.from);
  const handlers = imported === undefined ? handlersOf(options) : [];
  for (const handler of handlers) assertName('the handler', handler);

  const app = 'infra/package.json';
  const variables = {
    name,
    camel: camelCase(name),
    pascal: pascalCase(name),
    jsonata: options.queryLanguage !== 'jsonpath',
    handlers: handlers.map(handlerNames),
    ...{ empty, retry },
    zodVersion: versionOf(tree, app, 'zod'),
    cdkVersion: versionOf(tree, app, 'aws-cdk-lib'),
    constructsVersion: versionOf(tree, app, 'constructs'),
  };
  const files = join(import.meta.dirname, 'files');
  // What an empty child has otherwise is laid over the whole.
  for (const from of empty ? [files, join(files, 'empty')] : [files]) {
    generateFiles(tree, join(from, 'contract'), `libs/contracts/${name}`, variables);
    generateFiles(tree, join(from, 'app'), `apps/${name}`, variables);
  }
  for (const handler of variables.handlers) writeHandler(tree, name, handler);
  if (imported !== undefined) writeImported(tree, variables, imported);
  writeChildStack(tree, name);
  addExampleSchema(tree, name);
  editAppDependencies(tree, { add: [`@harmony/${name}`, `@harmony/${name}-contract`] });
  if (options.team !== undefined && options.team !== '') addOwner(tree, name, options.team);
  await formatFiles(tree);
  const installed = install(options.skipInstall, tree.root);
  const snapshotWritten = snapshot(tree.root, 'child', name);
  return () => {
    installed();
    snapshotWritten();
    if (imported === undefined) return;
    const list = imported.leftToDo.map((each) => `- ${each}`).join('\n');
    logger.info(`Left to do, also in apps/${name}/README.md:\n${list}`);
  };
}

/** The handlers of the example, of which check-input is one that every child has. */
const EXAMPLE_HANDLERS = 'find-aliases';

function handlersOf({ name, handlers = EXAMPLE_HANDLERS, empty }: ChildWorkflowOptions): string[] {
  const asked = listOf(handlers).filter((handler) => handler !== 'check-input');
  if (empty !== true) return asked;
  // Nx gives the default where nothing was asked for.
  if (asked.join() === EXAMPLE_HANDLERS || asked.length === 0) return [];
  throw new GeneratorError(
    'HANDLERS_OF_EMPTY',
    `an empty child workflow has no handler but check-input, and --handlers names ${asked.join(', ')}: leave out one of the two, and add handlers afterwards:  npx nx g @harmony/nx-plugin:handler ${name} ${asked[0]}`,
  );
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
