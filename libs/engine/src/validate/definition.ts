import type { Json } from '../json.ts';
import { isObject } from '../json.ts';
import type { Diagnostic, Report, ValidateOptions } from './diagnostic.ts';
import { rules } from './rules/index.ts';
import { collectScopes } from './site.ts';

/** The largest definition that CreateStateMachine takes (service quotas: 1 MB). */
const maxBytes = 1_048_576;

/** Deeper JSON than this is refused unread: the rules and the engine recurse. */
const maxDepth = 1_000;

/** More values than a definition of 1 MB can hold. */
const maxValues = 4_000_000;

/**
 * Checks a definition as CreateStateMachine does, and a little beyond.
 *
 * Errors are what AWS refuses; a definition without any can be run. Never throws, whatever it is
 * given.
 *
 * @returns the findings in document order of scopes and states; [] when there is nothing to say.
 */
export function validateDefinition(
  definition: unknown,
  options: ValidateOptions = {},
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const report: Report = (code, pointer, message, severity = 'ERROR') => {
    const key = `${code} ${pointer} ${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    diagnostics.push({ severity, code, pointer, message });
  };
  if (!isObject(definition as Json)) {
    report('INVALID_JSON_DESCRIPTION', '', 'A definition must be a JSON object');
    return diagnostics;
  }
  if (isTooDeep(definition)) {
    report(
      'INVALID_JSON_DESCRIPTION',
      '',
      `A definition must not nest deeper than ${String(maxDepth)} levels`,
    );
    return diagnostics;
  }
  const root = definition as Record<string, Json>;
  const bytes = Buffer.byteLength(JSON.stringify(root), 'utf8');
  if (bytes > maxBytes) {
    report(
      'DEFINITION_TOO_LARGE',
      '',
      `The definition has ${String(bytes)} bytes, more than ${String(maxBytes)}`,
    );
  }
  const scopes = collectScopes(root, {
    type: options.type ?? 'STANDARD',
    placeholders: options.placeholders ?? false,
  });
  for (const rule of rules) rule.definition?.(scopes, report);
  for (const scope of scopes) {
    for (const rule of rules) rule.scope?.(scope, report);
    for (const state of scope.states) {
      for (const rule of rules) rule.state?.(state, report);
    }
  }
  return diagnostics;
}

/** Parts that stand in several places count in each: JSON writes them out. */
function isTooDeep(root: unknown): boolean {
  const left: [unknown, number][] = [[root, 0]];
  for (let next = left.pop(), seen = 0; next !== undefined; next = left.pop()) {
    const [value, depth] = next;
    if (depth > maxDepth || ++seen > maxValues) return true;
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value)) left.push([inner, depth + 1]);
  }
  return false;
}
