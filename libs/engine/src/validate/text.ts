import { LineCounter, parseDocument } from 'yaml';
import { validateDefinition } from './definition.ts';
import type { Diagnostic, ValidateOptions } from './diagnostic.ts';
import { quoteSubstitutions } from './placeholders.ts';
import { offsetOf } from './positions.ts';

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
  const lines = new LineCounter();
  const text = quoteSubstitutions(source);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const syntax = document.errors.map((error) => ({
    code: 'INVALID_JSON_DESCRIPTION',
    pointer: '',
    message: error.message,
    ...at(error.pos[0]),
  }));
  if (syntax.length === 0 && options.path.endsWith('.json')) {
    const problem = jsonProblem(text);
    if (problem !== undefined) {
      syntax.push({
        code: 'INVALID_JSON_DESCRIPTION',
        pointer: '',
        message: problem.message,
        ...at(problem.offset),
      });
    }
  }
  if (syntax.length > 0) return report(options.path, syntax, []);

  let definition: unknown;
  try {
    definition = document.toJS();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const finding = { code: 'INVALID_JSON_DESCRIPTION', pointer: '', message, line: 1, column: 1 };
    return report(options.path, [finding], []);
  }
  const findings = (severity: Diagnostic['severity']): TextFinding[] =>
    validateDefinition(definition, { type: options.type, placeholders: true })
      .filter((diagnostic) => diagnostic.severity === severity)
      .map(({ code, pointer, message }) => ({
        code,
        pointer,
        message,
        ...at(offsetOf(document, pointer)),
      }));
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
    JSON.parse(source);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not JSON';
    const position = /position (\d+)/.exec(message)?.[1];
    return { message, offset: position === undefined ? 0 : Number(position) };
  }
}
