import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lintText, type LintTextReport } from '@harmony/contract-checks/lint';
import type { ExitStatus } from '../command.ts';
import type { ContractsLintFlags } from '../commands/contracts-lint.ts';
import type { Io } from '../io.ts';
import { type Style, styleFor } from '../style.ts';
import { count, printable } from '../text.ts';
import { annotate } from './annotate.ts';
import { childDefinition } from './child-contract.ts';
import { workspaceRoot } from './workspace-root.ts';

/** Holds the state machines of children against their contracts. */
export async function lintChildren(
  names: readonly string[],
  flags: ContractsLintFlags,
  io: Io,
): Promise<ExitStatus> {
  const root = workspaceRoot(io);
  const children = names.length > 0 ? names : await allChildren(root);
  const reports = await Promise.all(
    children.map(async (name) => {
      const { file, contract } = await childDefinition(root, name);
      return lintText(await readFile(join(root, file), 'utf8'), file, contract);
    }),
  );
  annotate(
    reports.flatMap(({ file, problems }) =>
      problems.map(({ severity, code, message, line, column }) => ({
        ...{ level: severity, file, line, column, message },
        title: `${code}: the state machine and its contract`,
      })),
    ),
    io,
  );
  if (flags.json === true) io.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
  else io.stdout.write(render(reports, flags.untraced === true, styleFor(io.stdout, io.env)));
  return reports.every(({ valid }) => valid) ? 0 : 1;
}

/** Children that have a contract library; others have nothing to be held against. */
async function allChildren(root: string): Promise<string[]> {
  const folders = await readdir(join(root, 'apps')).catch(() => []);
  return folders.sort().filter((name) => existsSync(join(root, 'libs', 'contracts', name)));
}

function render(reports: readonly LintTextReport[], withUntraced: boolean, style: Style): string {
  const lines = reports.flatMap((report) => renderReport(report, withUntraced, style));
  const problems = reports.flatMap((report) => report.problems);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const untraced = reports.reduce((sum, report) => sum + report.untraced.length, 0);
  const subject =
    reports.length === 1
      ? '1 child keeps its contract'
      : `${reports.length} children keep their contracts`;
  const verdict = errors === 0 ? subject : `${count(errors, 'place')} where a contract is not kept`;
  lines.push(`${verdict}; ${count(problems.length - errors, 'warning')}.`);
  if (untraced > 0 && !withUntraced) {
    lines.push(
      `${count(untraced, 'reference')} could not be traced to the execution input, so nothing was checked there (--untraced lists them).`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function renderReport(report: LintTextReport, withUntraced: boolean, style: Style): string[] {
  const { file, problems, untraced } = report;
  const lines = problems.map(({ severity, code, message, line, column }) => {
    const kind = severity === 'error' ? style('red', 'error') : style('yellow', 'warning');
    return `${file}:${line}:${column}: ${kind}: ${printable(message)} (${code})`;
  });
  if (!withUntraced) return lines;
  const notes = untraced.map(
    ({ line, column, reference, reason }) =>
      `${file}:${line}:${column}: ${style('dim', 'not traced')}: ${printable(reference)}: ${printable(reason)}`,
  );
  return [...lines, ...notes];
}
