import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { GeneratorError } from '../../shared/generator-error.ts';
import type { PayloadDraft } from './contract-text.ts';
import type { Foreign } from './read-foreign.ts';

export interface DraftsQuestion {
  readonly name: string;
  /** As it was, for what Step Functions would refuse to be named by its line. */
  readonly foreign: Pick<Foreign, 'file' | 'source'>;
  /** As it is to be. */
  readonly definition: unknown;
}

export interface Drafts {
  readonly mocks: object;
  readonly mocked: readonly string[];
  readonly payload: PayloadDraft;
}

/**
 * What a definition reads and calls is known to the workspace's own code, which the plugin does not
 * import: it is asked in a process of its own, `draft-child.ts`.
 *
 * @throws GeneratorError `SOURCE_UNEXPECTED` with what Step Functions would refuse of the definition
 */
export function askForDrafts(root: string, question: DraftsQuestion): Drafts {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'draft-child.ts')],
    {
      ...{ cwd: root, encoding: 'utf8', input: JSON.stringify(question) },
      env: { ...process.env, NODE_OPTIONS: '' },
      maxBuffer: 2 ** 28,
    },
  );
  if (status !== 0) {
    throw new GeneratorError(
      'SOURCE_UNEXPECTED',
      `the workspace's own code could not draft a contract: ${stderr.trim()}`,
    );
  }
  const answer = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as
    Drafts | { readonly refused: readonly string[] };
  if (!('refused' in answer)) return answer;
  throw new GeneratorError(
    'SOURCE_UNEXPECTED',
    `Step Functions would refuse ${question.foreign.file}:\n${answer.refused.join('\n')}`,
  );
}
