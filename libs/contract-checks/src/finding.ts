/** An error makes a check say no; a warning and a notice are told and leave the verdict alone. */
export type Severity = 'error' | 'warning' | 'notice';

/** Where in the workspace's sources a finding is to be mended. */
export interface FindingPlace {
  /** From the workspace's root, with slashes; as the user wrote it where they named the file. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 1, in characters. */
  readonly column?: number;
}

/**
 * One thing that a check found: the same shape for every check, so that text, annotations and JSON
 * are made from it in one place. A check may add fields of its own (a stage, a target) for readers
 * of its JSON.
 */
export interface Finding<Code extends string = string> extends Partial<FindingPlace> {
  /** Codes never change their meaning; a pipeline may branch on them. */
  readonly code: Code;
  readonly severity: Severity;
  /** Where in what was checked: `dev › review › eu › configuration.days`, `/States/Wait/Seconds`; '' for all of it. */
  readonly path: string;
  /** What is wrong, as one sentence that starts where the path ends. */
  readonly message: string;
  /** What to do, where the message does not say it already. */
  readonly fix?: string;
}

/** Does the check that gave these say yes? */
export function passes(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity !== 'error');
}

/** Errors and warnings apart, for a closing line. */
export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** The parts of a finding's line that a terminal may colour. */
export type Paint = (part: Severity | 'fix', text: string) => string;

/** A finding as one line of text, and its remedy as a second: `file:3:5: error: path: message (CODE)`. */
export function findingLine(finding: Finding, paint: Paint = (_part, text) => text): string {
  const { code, severity, path, message, fix, file, line, column } = finding;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const head = [place, paint(severity, severity), path].filter((part) => part !== '').join(': ');
  const remedy = fix === undefined ? '' : `\n    ${paint('fix', 'Fix:')} ${oneLine(fix)}`;
  return `${head}: ${oneLine(message)} (${code})${remedy}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
