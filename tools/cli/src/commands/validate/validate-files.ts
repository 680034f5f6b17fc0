import { resolve } from 'node:path';
import { quoteSubstitutions, validateText } from '@harmony/engine/validate';
import type { Finding } from '@harmony/contract-checks/finding';
import type { TextFinding, TextReport } from '@harmony/engine/validate';
import type { ExitStatus } from '../../command.ts';
import type { ValidateFlags } from './flags.ts';
import type { Io } from '../../io.ts';
import { readJson } from '@harmony/schema/json-text';
import { readText } from '../../input/read-text.ts';
import { findingLines } from '../../terminal/findings.ts';
import { type ChildContract, contractOf } from '../../workspace/child-contract.ts';
import { count } from '../../terminal/text.ts';
import { findWorkspaceRoot } from '../../workspace/root.ts';

/**
 * Prints what is wrong in each file, with line and column.
 * @returns 1 when a file has an error; warnings do not count
 * @throws UsageError when a file cannot be read
 */
export async function validateFiles(
  files: readonly string[],
  flags: ValidateFlags,
  io: Io,
): Promise<ExitStatus> {
  const sources = await Promise.all(
    files.map(async (file) => (await readText(file, '', io)).replace(/^\uFEFF/, '')),
  );
  const reports = await Promise.all(
    files.map((file, index) => withContract(check(file, sources[index] as string, flags), io)),
  );
  if (flags.json === true) io.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
  else io.stdout.write(render(reports, io));
  return reports.every(({ valid }) => valid) ? 0 : 1;
}

function check(file: string, source: string, { type }: ValidateFlags): TextReport {
  const reading = file.endsWith('.json') ? readJson(quoteSubstitutions(source)) : undefined;
  if (reading?.ok !== false) return validateText(source, { path: file, type });
  const { line, column, reason } = reading.fault;
  const message = `not JSON: ${reason}`;
  const finding = { code: 'INVALID_JSON_DESCRIPTION', pointer: '', message, line, column };
  return { file, valid: false, errors: [finding], warnings: [] };
}

/** A child's definition is held against its contract too. */
async function withContract(report: TextReport, io: Io): Promise<TextReport> {
  if (!report.valid) return report;
  const path = resolve(io.cwd, report.file);
  const root = findWorkspaceRoot(io.cwd);
  const held = await contractOf(path, root);
  if (!held || root === undefined) return report;
  const ours = await lintFindings(held, { root, path, file: report.file });
  const findings = (wanted: 'error' | 'warning'): TextFinding[] =>
    ours
      .filter(({ severity }) => severity === wanted)
      .map(({ path: pointer, line = 1, column = 1, severity: _, ...rest }) => ({
        ...{ ...rest, pointer, line, column },
      }));
  const errors = [...report.errors, ...findings('error')];
  return {
    ...report,
    valid: errors.length === 0,
    errors,
    warnings: [...report.warnings, ...findings('warning')],
  };
}

async function lintFindings(
  held: ChildContract,
  where: { readonly root: string; readonly path: string; readonly file: string },
): Promise<readonly Finding[]> {
  if ('lost' in held) return [held.lost];
  const { lintFile } = await import('@harmony/contract-checks/lint');
  return (await lintFile({ ...where, contract: held.contract })).findings;
}

function render(reports: readonly TextReport[], io: Io): string {
  const lines = reports.flatMap((report) => findingLines(findingsOf(report), io));
  const invalid = reports.filter(({ valid }) => !valid).length;
  const warned = reports.reduce((sum, { warnings }) => sum + warnings.length, 0);
  const verdict = invalid === 0 ? 'valid' : `checked, ${invalid} not valid`;
  const warning = warned === 0 ? '' : `, ${count(warned, 'warning')}`;
  return `${[...lines, `${count(reports.length, 'file')} ${verdict}${warning}.`].join('\n')}\n`;
}

function findingsOf({ file, errors, warnings }: TextReport): Finding[] {
  const as =
    (severity: 'error' | 'warning') =>
    ({ pointer: path, ...rest }: TextFinding) => ({ file, ...rest, severity, path });
  return [...errors.map(as('error')), ...warnings.map(as('warning'))].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}
