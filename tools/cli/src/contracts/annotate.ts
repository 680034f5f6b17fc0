import type { Io } from '../io.ts';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  /** From the workspace's root, as GitHub wants it. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly title: string;
  readonly message: string;
}

/**
 * Writes annotations for the pull request's diff; nothing outside of GitHub Actions.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotate(annotations: readonly Annotation[], io: Io): void {
  if (io.env['GITHUB_ACTIONS'] !== 'true') return;
  for (const { level, file, line, column, title, message } of annotations) {
    const properties = Object.entries({ file, line, col: column, title })
      .filter(([, value]) => value !== undefined)
      .map(
        ([key, value]) =>
          `${key}=${escape(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
      );
    // To standard error: standard output may be one JSON document. GitHub reads both.
    io.stderr.write(`::${level} ${properties.join(',')}::${escape(message)}\n`);
  }
}

function escape(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
