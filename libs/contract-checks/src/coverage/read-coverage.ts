import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readTextIfThere } from '@harmony/errors/text-file';
import { ContractChecksError } from '../errors.ts';
import { mergeCoverage, type ChildCoverage } from './child-coverage.ts';
import { COVERAGE_FOLDER, definitionHash, parseCoverage } from './record.ts';
import { unusedMocks } from './unused-mocks.ts';

/**
 * What the tests of a child reached, all its test files together.
 * @param root of the workspace, absolute
 * @param file the child's definition, from there
 * @throws {ContractChecksError} `COVERAGE_MISSING` where no test ran; `COVERAGE_STALE` where the
 *   definition has changed since; `FILE_UNREADABLE`
 */
export async function readCoverage(root: string, file: string): Promise<ChildCoverage> {
  const folder = dirname(file);
  const child = basename(folder);
  const again = `Run its tests: npx nx test ${child}`;
  const names = await readdir(join(root, folder, COVERAGE_FOLDER)).catch(() => []);
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => {
        const shown = `${folder}/${COVERAGE_FOLDER}/${name}`;
        return parseCoverage(await readFile(join(root, shown), 'utf8'), shown);
      }),
  );
  // A test that was removed or renamed reaches nothing any more.
  const records = texts.filter(({ test }) => existsSync(join(root, folder, test)));
  if (records.length === 0) {
    throw new ContractChecksError(
      'COVERAGE_MISSING',
      `${child}: no test has run its state machine. ${again}`,
    );
  }
  const text = await readFile(join(root, file), 'utf8');
  const stale = records.find(({ definition }) => definition !== definitionHash(text));
  if (stale !== undefined) {
    throw new ContractChecksError(
      'COVERAGE_STALE',
      `${child}: ${file} has changed since ${stale.test} ran. ${again}`,
    );
  }
  const mocksFile = `${folder}/mocks.json`;
  const mocks = await readTextIfThere(join(root, mocksFile), mocksFile);
  const used = records.flatMap((record) => record.mocks);
  return {
    ...mergeCoverage(child, file, text, records),
    unusedMocks:
      mocks === undefined ? [] : unusedMocks(child, { file: mocksFile, text: mocks }, used),
  };
}
