import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lintFile, type LintTextReport } from '@harmony/contract-checks/lint';
import { countFindings, type Finding } from '@harmony/contract-checks/finding';
import { annotateFindings, findingLines } from '../../../terminal/findings.ts';
import type { ExitStatus } from '../../../command.ts';
import type { LintFlags } from './flags.ts';
import type { Io } from '../../../io.ts';
import { count } from '../../../terminal/text.ts';
import { childDefinition } from '../../../workspace/child-contract.ts';
import { UsageError } from '../../../usage-error.ts';
import { workspaceRoot } from '../../../workspace/root.ts';

/** Holds the state machines of children against their contracts. */
export async function lintChildren(
  names: readonly string[],
  flags: LintFlags,
  io: Io,
): Promise<ExitStatus> {
  const root = workspaceRoot(io);
  const children = names.length > 0 ? names : await allChildren(root);
  if (children.length === 0) {
    throw new UsageError(
      'there is no child workflow to lint: no folder of apps/ has a contract library in libs/contracts/.',
    );
  }
  const reports = await Promise.all(
    children.map(async (name): Promise<Report> => {
      const { file, held } = await childDefinition(root, name);
      if ('lost' in held) {
        const findings = [held.lost];
        const none = { accepted: [], untraced: [], notChecked: [] };
        return { file, contract: name, valid: false, findings, ...none };
      }
      return lintFile({ root, path: join(root, file), contract: held.contract });
    }),
  );
  annotateFindings(
    reports.flatMap(({ findings }) => findings),
    'The state machine and its contract',
    io,
  );
  if (flags.json === true) io.stdout.write(`${JSON.stringify(reports, null, 2)}\n`);
  else io.stdout.write(render(reports, flags.untraced === true, io));
  return reports.every(({ valid }) => valid) ? 0 : 1;
}

/** Children that have a contract library; others have nothing to be held against. */
async function allChildren(root: string): Promise<string[]> {
  const folders = await readdir(join(root, 'apps')).catch(() => []);
  return folders.sort().filter((name) => existsSync(join(root, 'libs', 'contracts', name)));
}

/** What lint says of one child; `lost` where there was nothing to hold it against. */
type Report = Omit<LintTextReport, 'findings'> & { readonly findings: readonly Finding[] };

function render(reports: readonly Report[], withUntraced: boolean, io: Io): string {
  const lines = reports.flatMap(({ findings, untraced, notChecked }) =>
    findingLines([...findings, ...notChecked, ...(withUntraced ? untraced : [])], io),
  );
  const { error, warning } = countFindings(reports.flatMap(({ findings }) => findings));
  const untraced = reports.reduce((sum, report) => sum + report.untraced.length, 0);
  const subject =
    reports.length === 1
      ? '1 child keeps its contract'
      : `${reports.length} children keep their contracts`;
  const verdict = error === 0 ? subject : `${count(error, 'place')} where a contract is not kept`;
  const accepted = reports.reduce((sum, report) => sum + report.accepted.length, 0);
  const unchecked = reports.reduce((sum, report) => sum + report.notChecked.length, 0);
  const told = [
    accepted === 0 ? '' : `, ${count(accepted, 'finding')} accepted`,
    unchecked === 0 ? '' : `, ${count(unchecked, 'call')} not checked`,
  ].join('');
  lines.push(`${verdict}; ${count(warning, 'warning')}${told}.`);
  if (untraced > 0 && !withUntraced) {
    lines.push(
      `${count(untraced, 'reference')} could not be traced to the execution input, so nothing was checked there (--untraced lists them).`,
    );
  }
  return `${lines.join('\n')}\n`;
}
