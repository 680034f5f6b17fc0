import { basename, join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { askForDrafts, type Drafts } from './ask-drafts.ts';
import { bringIn, type BroughtIn } from './bring-in.ts';
import { examplePayload, payloadText } from './contract-text.ts';
import { type Foreign, readForeign } from './read-foreign.ts';

/** A foreign definition, read and made ready; nothing is written yet. */
export interface ImportedChild extends BroughtIn {
  readonly foreign: Foreign;
  readonly drafts: Drafts;
}

interface Names {
  readonly name: string;
  readonly camel: string;
  readonly pascal: string;
}

/** Seconds, where the definition has no TimeoutSeconds. */
const TIMEOUT = 900;

/** @throws GeneratorError `SOURCE_UNEXPECTED` */
export function importChild(root: string, name: string, from: string): ImportedChild {
  const foreign = readForeign(root, from);
  const brought = bringIn(foreign);
  const { definition } = brought;
  const drafts = askForDrafts(root, { name, foreign, definition });
  const also = [
    `Say in \`libs/contracts/${name}/src/index.ts\` what its payload, configuration and output are: the payload there is drafted from what the states read.`,
    ...(drafts.mocked.length > 0
      ? [
          'Put into `mocks.json` what the states read: each answer there is the least that its call can give.',
        ]
      : []),
    `Let its role do what its states call, in \`policies\` in \`src/workflow.ts\`: \`npx nx contract infra\` names each action that is missing.`,
    `Test it: see docs/testing.md. \`npx harmony contracts lint ${name}\` names what it reads and its contract does not declare.`,
  ];
  return { ...brought, foreign, drafts, leftToDo: [...brought.leftToDo, ...also] };
}

/** Writes it in place of what the templates of a new child say. */
export function writeImported(tree: Tree, names: Names, child: ImportedChild): void {
  const { foreign, substitutions, drafts } = child;
  const root = `apps/${names.name}`;
  for (const file of ['workflow.asl.yaml', 'test/contract.test.ts']) tree.delete(`${root}/${file}`);
  tree.write(`${root}/workflow.asl.${foreign.format}`, child.text);
  const files = join(import.meta.dirname, '../imported');
  const variables = {
    ...names,
    file: basename(foreign.file),
    format: foreign.format,
    timeout: child.timeout ?? TIMEOUT,
    pseudo: substitutions.filter(({ pseudo }) => pseudo !== undefined),
    leftToDo: child.leftToDo,
    mocks: drafts.mocks,
    payload: payloadText(drafts.payload),
    example: examplePayload({ ...drafts.payload, type: 'object' }),
  };
  generateFiles(tree, join(files, 'app'), root, variables);
  generateFiles(tree, join(files, 'contract'), `libs/contracts/${names.name}`, variables);
  for (const { handler, was } of substitutions) {
    if (handler === undefined) continue;
    generateFiles(tree, join(files, 'handler'), `${root}/src/handlers`, { handler, was });
  }
}
