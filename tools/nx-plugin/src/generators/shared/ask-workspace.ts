import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { GeneratorError } from './generator-error.ts';

/** A contract by the child that it is of and the name under which its library exports it. */
export interface ContractAt {
  readonly child: string;
  readonly name: string;
}

export interface Question {
  /** Of the orchestration to draft; with `orchestration`, the id of the target to draft for it. */
  readonly name: string;
  readonly contracts: readonly ContractAt[];
  /** The file of one that is there. */
  readonly orchestration?: string;
}

export interface Refused {
  readonly refused: string;
}
export interface TargetDraft {
  readonly configuration: object;
  readonly optional: readonly string[];
}
export interface OrchestrationDraft {
  readonly order: readonly number[];
  readonly configurations: readonly object[];
  readonly example: object;
}

/** What `@harmony/orchestration/draft` exports, as far as it is used here. */
export interface Drafts {
  draftOrchestration(name: string, contracts: readonly unknown[]): OrchestrationDraft | Refused;
  draftTarget(orchestration: unknown, contract: unknown, id: string): TargetDraft | Refused;
}

export function askForTarget(root: string, question: Required<Question>): TargetDraft | Refused {
  return ask(root, question) as TargetDraft | Refused;
}

export function askForOrchestration(
  root: string,
  question: Omit<Question, 'orchestration'>,
): OrchestrationDraft | Refused {
  return ask(root, question) as OrchestrationDraft | Refused;
}

/**
 * What contracts and orchestrations are is known to the workspace's own code, which the plugin does
 * not import: it is asked in a process of its own, `answer.ts`.
 *
 * @throws GeneratorError `TARGET_REFUSED` with what that code wrote to standard error
 */
function ask(root: string, question: Question): unknown {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'answer.ts'), JSON.stringify(question)],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as unknown;
  const reason = /^(?:\w*(?:Error|Contract|Orchestration)\w*(?: \[.*\])?: .*)$/m.exec(stderr)?.[0];
  throw new GeneratorError(
    'TARGET_REFUSED',
    `the workspace's own code does not load: ${reason ?? stderr.trim()}`,
  );
}
