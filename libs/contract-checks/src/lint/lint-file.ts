import { basename, dirname, join, relative } from 'node:path';
import { awsModels } from '@harmony/aws-calls';
import { readTextFile, readTextIfThere } from '@harmony/errors/text-file';
import type { ContractDocument } from '@harmony/contract';
import { childPlace } from '../snapshots/index.ts';
import { ACCEPTED_FILE, readAccepted } from './acceptance.ts';
import { lintText, type LintTextReport } from './lint-text.ts';

/** What answers a child's calls in tests and local runs. */
const MOCKS_FILE = 'mocks.json';

export interface LintFileOptions {
  /** Of the workspace, absolute. */
  readonly root: string;
  /** The state machine's definition, absolute; its folder has the child's name. */
  readonly path: string;
  /** As messages should name it; from the workspace's root unless given. */
  readonly file?: string;
  readonly contract: ContractDocument;
  /** The same state machine as it would be deployed. */
  readonly deployed?: unknown;
}

/**
 * Lints a child's definition with what the workspace says around it: where its contract is written
 * down, what its team accepts (`accepted-findings.json`), its mocks, and the models of AWS's services
 * that are installed.
 * @throws {ContractChecksError} `FILE_UNREADABLE` for a list of accepted findings that is none
 */
export async function lintFile(options: LintFileOptions): Promise<LintTextReport> {
  const { root, path, contract, deployed } = options;
  const shown = (file: string) => relative(root, file).replaceAll('\\', '/');
  const child = basename(dirname(path));
  const { source: file } = childPlace(child);
  const text = await readTextIfThere(join(root, file));
  const acceptedPath = join(dirname(path), ACCEPTED_FILE);
  const acceptedText = await readTextIfThere(acceptedPath);
  const mocksPath = join(dirname(path), MOCKS_FILE);
  const mocksText = await readTextIfThere(mocksPath);
  return lintText(await readTextFile(path, shown(path)), options.file ?? shown(path), contract, {
    source: text === undefined ? undefined : { file, text },
    accepted:
      acceptedText === undefined ? undefined : readAccepted(acceptedText, shown(acceptedPath)),
    ...{ deployed, models: awsModels(root) },
    mocks: mocksText === undefined ? undefined : { file: shown(mocksPath), text: mocksText, child },
  });
}

/**
 * Holds a state machine that is no child to AWS's models of what it calls.
 * @param file as messages should name it
 * @param folders absolute: clients that are installed there or above describe their services
 */
export function lintCalls(text: string, file: string, folders: readonly string[]): LintTextReport {
  return lintText(text, file, undefined, { models: awsModels(...folders) });
}
