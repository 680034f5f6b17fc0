import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { validateText } from '@harmony/engine/validate';
import type { TextFinding, TextReport } from '@harmony/engine/validate';
import type { ExitStatus } from '../command.ts';
import type { ValidateFlags } from '../commands/validate.ts';
import type { Io } from '../io.ts';
import { findJsonFault } from '../run/json-fault.ts';
import { styleFor } from '../style.ts';
import { contractOf } from '../contracts/child-contract.ts';
import { count, printable } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { findUp } from '../workspace.ts';

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
  const sources = await Promise.all(files.map((file) => read(file, io)));
  const reports = await Promise.all(
    files.map((file, index) =>
      withContract(check(file, sources[index] as string), sources[index] as string, io),
    ),
  );
  if (flags.json === true) io.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
  else io.stdout.write(render(reports, io));
  return reports.every(({ valid }) => valid) ? 0 : 1;
}

async function read(file: string, io: Io): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new UsageError(`${file} cannot be read (${code}).`, { cause: error });
  }
}

function check(file: string, source: string): TextReport {
  const fault = file.endsWith('.json') ? findJsonFault(source) : undefined;
  if (fault === undefined) return validateText(source, { path: file });
  const { line, column, reason } = fault;
  const message = `not JSON: ${reason}`;
  const finding = { code: 'INVALID_JSON_DESCRIPTION', pointer: '', message, line, column };
  return { file, valid: false, errors: [finding], warnings: [] };
}

/** A child's definition is held against its contract too, where that has a snapshot. */
async function withContract(report: TextReport, source: string, io: Io): Promise<TextReport> {
  const contract = report.valid
    ? await contractOf(resolve(io.cwd, report.file), findUp(io.cwd, 'nx.json'))
    : undefined;
  if (!contract) return report;
  const { lintText } = await import('@harmony/contract-checks/lint');
  const { problems } = lintText(source, report.file, contract);
  const of = (wanted: 'error' | 'warning'): TextFinding[] =>
    problems
      .filter(({ severity }) => severity === wanted)
      .map(({ code, pointer, message, line, column }) => ({
        code,
        pointer,
        message,
        line,
        column,
      }));
  const errors = [...report.errors, ...of('error')];
  return {
    ...report,
    valid: errors.length === 0,
    errors,
    warnings: [...report.warnings, ...of('warning')],
  };
}

function render(reports: readonly TextReport[], io: Io): string {
  const style = styleFor(io.stdout, io.env);
  const lines = reports.flatMap(({ file, errors, warnings }) => {
    const all = [
      ...errors.map((finding) => ({ finding, kind: style('red', 'error') })),
      ...warnings.map((finding) => ({ finding, kind: style('yellow', 'warning') })),
    ];
    return all
      .sort((a, b) => a.finding.line - b.finding.line || a.finding.column - b.finding.column)
      .map(({ finding, kind }) => line(file, finding, kind));
  });
  const invalid = reports.filter(({ valid }) => !valid).length;
  const warned = reports.reduce((sum, { warnings }) => sum + warnings.length, 0);
  const verdict = invalid === 0 ? 'valid' : `checked, ${invalid} not valid`;
  const warning = warned === 0 ? '' : `, ${count(warned, 'warning')}`;
  return `${[...lines, `${count(reports.length, 'file')} ${verdict}${warning}.`].join('\n')}\n`;
}

function line(file: string, finding: TextFinding, kind: string): string {
  const { pointer, message, code } = finding;
  const where = `${file}:${finding.line}:${finding.column}`;
  const what = printable(pointer === '' ? message : `${pointer}: ${message}`);
  return `${where}: ${kind}: ${what} (${code})`;
}
