/**
 * Runs as a process of its own in a workspace, with a `DraftsQuestion` on standard input. Answers in
 * JSON, on the last line, with a draft of the child's mocks and of its payload.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DraftsQuestion } from './ask-drafts.ts';

interface Task {
  readonly state: string;
}

/** What the workspace's packages export, as far as it is used here. */
interface Validate {
  validateText(
    source: string,
    options: { readonly path: string },
  ): { readonly errors: readonly { line: number; column: number; message: string }[] };
}
interface Mocks {
  awsModels(...folders: readonly string[]): unknown;
  tasksIn(definition: unknown): readonly Task[];
  draftMocks(
    machine: string,
    tasks: readonly Task[],
    models: unknown,
  ): { readonly configuration: object; readonly added: readonly string[] };
}
interface Lint {
  draftPayload(definition: unknown): unknown;
}

const { name, foreign, definition } = JSON.parse(readFileSync(0, 'utf8')) as DraftsQuestion;
const root = process.cwd();
// As the app finds it: this plugin depends on nothing of the workspace.
const fromApp = createRequire(join(root, 'infra/package.json'));
const { validateText } = (await load('@harmony/engine/validate')) as Validate;
const { errors } = validateText(foreign.source, { path: foreign.file });
if (errors.length > 0) {
  const lines = errors.map(
    ({ line, column, message }) => `${foreign.file}:${line}:${column}: ${message}`,
  );
  answer({ refused: lines });
} else {
  const { awsModels, draftMocks, tasksIn } = (await load(
    '@harmony/contract-checks/mocks',
  )) as Mocks;
  const { draftPayload } = (await load('@harmony/contract-checks/lint')) as Lint;
  // What answers for a handler until its code is there.
  const tasks = tasksIn(definition).filter(({ state }) => state !== 'Check input');
  const { configuration, added } = draftMocks(name, tasks, awsModels(root));
  answer({ mocks: configuration, mocked: added, payload: draftPayload(definition) });
}

function answer(value: unknown): void {
  process.stdout.write(`\n${JSON.stringify(value)}`);
}

async function load(specifier: string): Promise<unknown> {
  return import(pathToFileURL(fromApp.resolve(specifier)).href);
}
