import { validateDefinition } from './definition.ts';
import type { Diagnostic, ValidateOptions } from './diagnostic.ts';
import { quoteSubstitutions } from './placeholders.ts';
import { readDefinitionText, type Position } from './positions.ts';

/** A finding in a file: what `harmony validate --json` prints. */
export interface TextFinding {
  readonly code: string;
  /** JSON Pointer; '' where the text could not be read as a whole. */
  readonly pointer: string;
  readonly message: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in characters. */
  readonly column: number;
}

export interface TextReport {
  /** The path as the caller wrote it. */
  readonly file: string;
  /** No errors; warnings do not count. */
  readonly valid: boolean;
  readonly errors: readonly TextFinding[];
  readonly warnings: readonly TextFinding[];
}

export interface ValidateTextOptions extends Pick<ValidateOptions, 'type'> {
  /** For the report; `.json` files must be JSON, others may be YAML. */
  readonly path: string;
}

/**
 * Checks a definition in a file, JSON or YAML, and says where in the text each finding stands.
 * `${Name}` is taken for a substitution made later, wherever it stands. Never throws.
 */
export function validateText(source: string, options: ValidateTextOptions): TextReport {
  const text = readDefinitionText(source);
  const unreadable = (message: string, place: Position): TextFinding => ({
    code: 'INVALID_JSON_DESCRIPTION',
    pointer: '',
    message,
    line: place.line,
    column: place.column,
  });
  const problems = text.problems.map(({ message, ...place }) => unreadable(message, place));
  if (problems.length === 0 && options.path.endsWith('.json')) {
    const problem = jsonProblem(quoteSubstitutions(source));
    if (problem !== undefined) {
      problems.push(unreadable(problem.message, text.position(problem.offset)));
    }
  }
  if (problems.length > 0) return report(options.path, problems, []);

  const diagnostics = validateDefinition(text.value, { type: options.type, placeholders: true });
  const findings = (wanted: Diagnostic['severity']): TextFinding[] =>
    diagnostics
      .filter(({ severity }) => severity === wanted)
      .map(({ code, pointer, message }) => ({ code, pointer, message, ...text.at(pointer) }));
  return report(options.path, findings('ERROR'), findings('WARNING'));
}

function report(
  file: string,
  errors: readonly TextFinding[],
  warnings: readonly TextFinding[],
): TextReport {
  return { file, valid: errors.length === 0, errors, warnings };
}

/** YAML is nearly a superset of JSON; a `.json` file must be the real thing. */
function jsonProblem(source: string): { message: string; offset: number } | undefined {
  try {
    // Editors put a byte-order mark there; it is no part of the text.
    JSON.parse(source.replace(/^\uFEFF/, ' '));
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not JSON';
    const position = /position (\d+)/.exec(message)?.[1];
    return { message, offset: position === undefined ? 0 : Number(position) };
  }
}
