/**
 * Runs as a process of its own in a workspace: `node answer.ts QUESTION`. Loads the contracts and the
 * orchestration that the question names and answers with a draft, in JSON, on the last line.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ContractAt, Drafts, Question } from './ask-workspace.ts';

const question = JSON.parse(process.argv[2] ?? '') as Question;

// As the app finds it: this plugin depends on nothing of the workspace.
const fromApp = createRequire(join(process.cwd(), 'infra/package.json'));
const drafts = (await load(fromApp.resolve('@harmony/orchestration/draft'))) as unknown as Drafts;
const contracts = await Promise.all(question.contracts.map(contract));
const answer =
  question.orchestration === undefined
    ? drafts.draftOrchestration(question.name, contracts)
    : drafts.draftTarget(await orchestration(question.orchestration), contracts[0], question.name);
process.stdout.write(`\n${JSON.stringify(answer)}`);

function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(file).href) as Promise<Readonly<Record<string, unknown>>>;
}

async function contract({ child, name }: ContractAt): Promise<unknown> {
  return (await load(`libs/contracts/${child}/src/index.ts`))[name];
}

async function orchestration(file: string): Promise<unknown> {
  const isOne = (value: unknown) => Array.isArray((value as { targets?: unknown } | null)?.targets);
  return Object.values(await load(file)).find(isOne);
}
