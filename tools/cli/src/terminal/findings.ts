import { type Finding, findingLine, type Paint } from '@harmony/contract-checks/finding';
import type { Io } from '../io.ts';
import { styleFor } from './style.ts';
import { printable } from './text.ts';

const COLOURS = { error: 'red', warning: 'yellow', notice: 'dim', fix: 'dim' } as const;

/** Findings as lines for standard output, safe for a terminal. */
export function findingLines(findings: readonly Finding[], io: Io): string[] {
  const style = styleFor(io.stdout, io.env);
  const paint: Paint = (part, text) => style(COLOURS[part], text);
  return findings.map((finding) => findingLine(harmless(finding), paint));
}

/** Of what a workflow or a schema wrote, nothing may move the cursor or change colours. */
function harmless(finding: Finding): Finding {
  const { path, message, fix } = finding;
  const safe = { ...finding, path: printable(path), message: printable(message) };
  return fix === undefined ? safe : { ...safe, fix: printable(fix) };
}

/**
 * Writes findings as annotations for the pull request's diff; nothing outside of GitHub Actions.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 * @param title of each annotation
 */
export function annotateFindings(findings: readonly Finding[], title: string, io: Io): void {
  if (io.env['GITHUB_ACTIONS'] !== 'true') return;
  for (const { severity, code, path, message, fix, file, line, column } of findings) {
    const properties = Object.entries({ file, line, col: column, title: `${title} (${code})` })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
    const said = path === '' ? message : `${path}: ${message}`;
    const text = fix === undefined ? said : `${said}\n${fix}`;
    // To standard error: standard output may be one JSON document. GitHub reads both.
    io.stderr.write(`::${severity} ${properties.join(',')}::${escapeMessage(text)}\n`);
  }
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
