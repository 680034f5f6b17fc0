import * as z from 'zod';
import type { Issue } from './errors.ts';
import { formatPath } from '@harmony/schema/paths';

export type Validated<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly issues: readonly Issue[] };

/** Longest piece of an offending value that a message quotes, in characters. */
const MAX_QUOTE = 60;

/**
 * Parses `value`, and says what is wrong in the caller's terms.
 * @param root the path that leads to `value` in what the caller wrote
 */
export function validate<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
  root = '',
): Validated<z.output<S>> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return { success: true, data: result.data };
  return { success: false, issues: result.error.issues.flatMap((issue) => describe(issue, root)) };
}

function describe(issue: z.core.$ZodIssue, root: string): Issue[] {
  const path = formatPath(issue.path, root);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: formatPath([key], path),
        message: 'unknown field: the schema is strict and does not name it',
      }));
    case 'invalid_union':
      return [{ path, message: describeUnion(issue) }];
    case 'invalid_type':
      return [{ path, message: describeType(issue) }];
    case 'invalid_value':
      return [{ path, message: `${describeChoices(issue.values)}, got ${quote(issue.input)}` }];
    default:
      return [{ path, message: `${lower(issue.message)}, got ${quote(issue.input)}` }];
  }
}

function describeChoices(values: readonly unknown[]): string {
  const choices = values.map((value) => JSON.stringify(value)).join(', ');
  return values.length === 1 ? `expected ${choices}` : `expected one of ${choices}`;
}

function describeType(issue: z.core.$ZodIssueInvalidType): string {
  if (issue.input === undefined) return `missing: expected ${issue.expected}`;
  return `expected ${issue.expected}, got ${quote(issue.input)}`;
}

function describeUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  if (issue.errors.length === 0) {
    const { discriminator, options } = issue as { discriminator?: string; options?: unknown[] };
    const known = options ? ` (known: ${options.map((o) => JSON.stringify(o)).join(', ')})` : '';
    if (discriminator !== undefined) return `"${discriminator}" names none of the options${known}`;
    return `expected exactly one of the options, got ${quote(issue.input)}`;
  }
  const options = issue.errors.map((errors, index) => {
    const reasons = errors.flatMap((error) => describe(error, ''));
    const text = reasons.map((r) => (r.path === '' ? r.message : `${r.path}: ${r.message}`));
    return `(${index + 1}) ${text.join('; ')}`;
  });
  return `matches none of its ${issue.errors.length} forms: ${options.join(', ')}`;
}

function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  const kind = Array.isArray(value)
    ? 'array '
    : typeof value === 'object' && value
      ? 'object '
      : '';
  const json = JSON.stringify(value) ?? String(value);
  return kind + (json.length > MAX_QUOTE ? `${json.slice(0, MAX_QUOTE)}…` : json);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
