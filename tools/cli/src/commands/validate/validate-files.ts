import { dirname, resolve } from 'node:path';
import { isTemplate } from '@harmony/assembly';
import { quoteSubstitutions, validateText } from '@harmony/engine/validate';
import type { Finding } from '@harmony/contract-checks/finding';
import type { TextFinding, TextReport } from '@harmony/engine/validate';
import type { ExitStatus } from '../../command.ts';
import { checkTemplate } from './check-template.ts';
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
  const checked = await Promise.all(
    files.map(async (file, index) => {
      const source = sources[index] as string;
      if (isTemplate(source)) {
        return Promise.all(
          (await checkTemplate(file, source, io)).map(({ text, ...report }) =>
            text === undefined ? { ...report, notChecked: [] } : withCalls(report, text, io),
          ),
        );
      }
      return [await withCalls(check(file, source, flags), source, io)];
    }),
  );
  const reports = checked.flat();
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

/** Its calls are held to AWS's models, and a child's definition to its contract too. */
async function withCalls(report: TextReport, source: string, io: Io): Promise<Report> {
  if (!report.valid) return { ...report, notChecked: [] };
  const path = resolve(io.cwd, report.file);
  const root = findWorkspaceRoot(io.cwd);
  const held = await contractOf(path, root);
  const { findings: ours, notChecked } =
    held && root !== undefined
      ? await lintChild(held, { root, path, file: report.file })
      : await lintAlone(source, report.file, path);
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
    notChecked,
  };
}

/** What the language's rules and AWS's models say of a file. */
interface Report extends TextReport {
  /** Calls that no installed model describes. */
  readonly notChecked: readonly Finding[];
}

type Linted = Pick<Report, 'notChecked'> & { readonly findings: readonly Finding[] };

async function lintChild(
  held: ChildContract,
  where: { readonly root: string; readonly path: string; readonly file: string },
): Promise<Linted> {
  if ('lost' in held) return { findings: [held.lost], notChecked: [] };
  const { lintFile } = await import('@harmony/contract-checks/lint');
  return lintFile({ ...where, contract: held.contract });
}

async function lintAlone(source: string, file: string, path: string): Promise<Linted> {
  const { lintCalls } = await import('@harmony/contract-checks/lint');
  return lintCalls(source, file, [dirname(path), import.meta.dirname]);
}

function render(reports: readonly Report[], io: Io): string {
  const lines = reports.flatMap((report) => findingLines(findingsOf(report), io));
  const invalid = reports.filter(({ valid }) => !valid).length;
  const warned = reports.reduce((sum, { warnings }) => sum + warnings.length, 0);
  const verdict = invalid === 0 ? 'valid' : `checked, ${invalid} not valid`;
  const warning = warned === 0 ? '' : `, ${count(warned, 'warning')}`;
  const unchecked = reports.reduce((sum, { notChecked }) => sum + notChecked.length, 0);
  const passed = unchecked === 0 ? '' : `, ${count(unchecked, 'call')} not checked`;
  lines.push(`${count(reports.length, 'file')} ${verdict}${warning}${passed}.`);
  return `${lines.join('\n')}\n`;
}

function findingsOf({ file, errors, warnings, notChecked }: Report): Finding[] {
  const as =
    (severity: 'error' | 'warning') =>
    ({ pointer: path, ...rest }: TextFinding) => ({ file, ...rest, severity, path });
  return [...errors.map(as('error')), ...warnings.map(as('warning')), ...notChecked].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
