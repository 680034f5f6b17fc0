import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { belowMinimum, cobertura, lcov, readCoverage } from '@harmony/contract-checks/coverage';
import { writeWhole } from '@harmony/local/files';
import { annotateFindings, findingLines } from '../../terminal/findings.ts';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { UsageError } from '../../usage-error.ts';
import { definitionFile } from '../../workspace/child-contract.ts';
import { workspaceRoot } from '../../workspace/root.ts';
import type { CoverageFlags } from './flags.ts';
import { minimumOf, minimumOfFlags } from './minimum.ts';
import { coverageText } from './coverage-text.ts';

/**
 * Shows what the tests of children reached.
 * @returns 1 where that is less than asked for
 * @throws UsageError for a child that is none; ContractChecksError where nothing is known of one
 */
export async function showCoverage(
  names: readonly string[],
  flags: CoverageFlags,
  io: Io,
): Promise<ExitStatus> {
  const root = workspaceRoot(io);
  const least = minimumOfFlags(flags.min ?? []);
  const files = names.length > 0 ? names.map((name) => fileOf(root, name)) : await allFiles(root);
  const children = await Promise.all(files.map((file) => readCoverage(root, file)));
  const findings = children.flatMap((child) =>
    belowMinimum(child, { ...minimumOf(root, child.child), ...least }),
  );
  const write = async (file: string | undefined, content: () => string): Promise<void> => {
    if (file !== undefined) await writeWhole(resolve(io.cwd, file), content());
  };
  await write(flags.lcov, () => lcov(children));
  await write(flags.cobertura, () => cobertura(children, Date.now()));
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify({ children, findings }, null, 2)}\n`);
  } else {
    io.stdout.write([...coverageText(children), ...findingLines(findings, io), ''].join('\n'));
  }
  annotateFindings(findings, 'What the tests reach', io);
  return findings.length === 0 ? 0 : 1;
}

function fileOf(root: string, name: string): string {
  const file = definitionFile(root, name);
  if (file !== undefined) return file;
  throw new UsageError(
    `no child workflow ${name}: apps/${name}/workflow.asl.yaml or workflow.asl.json doesn't exist.`,
  );
}

async function allFiles(root: string): Promise<string[]> {
  const folders = await readdir(resolve(root, 'apps')).catch(() => []);
  const files = folders.sort().flatMap((name) => definitionFile(root, name) ?? []);
  if (files.length > 0) return files;
  throw new UsageError('there is no child workflow in apps/.');
}
