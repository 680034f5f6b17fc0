import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { boundedAjv } from '../bounded-ajv.ts';
import type { JsonSchema } from '../json.ts';
import { instancePath } from '../paths/instance-path.ts';
import { TooMuchWork } from '../work.ts';

/** One reason why a value is refused, and where in it. */
export interface ValueIssue {
  readonly path: string;
  readonly message: string;
}

export interface ValidateJson {
  readonly schema: JsonSchema;
  readonly value: unknown;
  /** What the value is called: every issue's path starts with it. */
  readonly path: string;
}

/**
 * Validates a value against a JSON Schema 2020-12 from the assembly. All issues, not the first;
 * `[]` when the value is valid.
 */
export function validateJson({ schema, value, path }: ValidateJson): ValueIssue[] {
  let validate: ValidateFunction;
  try {
    validate = validator().compile(schema);
  } catch (cause) {
    return [{ path, message: `its schema cannot be used: ${(cause as Error).message}` }];
  }
  try {
    if (validate(value)) return [];
  } catch (cause) {
    // What could not be checked is not valid.
    if (!(cause instanceof TooMuchWork)) throw cause;
    return [{ path, message: `cannot be checked: ${cause.message}` }];
  }
  const issues = (validate.errors ?? []).map((error) => issueOf(error, path));
  const seen = new Set<string>();
  return issues.filter((issue) => {
    const key = `${issue.path}\0${issue.message}`;
    return !seen.has(key) && seen.add(key);
  });
}

let ajv: Ajv2020 | undefined;

/** Made once: loading it costs more than all of an assembly's schemas. */
function validator(): Ajv2020 {
  return (ajv ??= boundedAjv({
    allErrors: true,
    verbose: true,
    // Patterns come from JavaScript expressions that were written without the flag `u`.
    unicodeRegExp: false,
  }));
}

/** Formats of JSON Schema as people call them. */
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'an ISO 8601 date-time such as 2026-01-31T08:00:00Z',
  date: 'an ISO 8601 date such as 2026-01-31',
  time: 'an ISO 8601 time such as 08:00:00Z',
  duration: 'an ISO 8601 duration such as PT15M',
  email: 'an e-mail address',
  uri: 'a URI',
  uuid: 'a UUID',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
};

function issueOf(error: ErrorObject, root: string): ValueIssue {
  const { keyword, instancePath: pointer, params, data } = error;
  const child = (name: unknown) =>
    `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  switch (keyword) {
    case 'required':
      return { path: instancePath(root, child(params.missingProperty)), message: 'is missing' };
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name: unknown = params.additionalProperty ?? params.unevaluatedProperty;
      return { path: instancePath(root, child(name)), message: 'is not a known field' };
    }
    case 'enum':
      return {
        path: instancePath(root, pointer),
        message: `must be one of ${list(params.allowedValues)}; it is ${brief(data)}`,
      };
    case 'const':
      return {
        path: instancePath(root, pointer),
        message: `must be ${brief(params.allowedValue)}; it is ${brief(data)}`,
      };
    case 'pattern':
    case 'format': {
      // A contract's text of a format has a pattern for it as well, which nobody can read.
      const { format } = (error.parentSchema ?? {}) as { format?: string };
      const name = format === undefined ? undefined : FORMATS[format];
      if (name === undefined) break;
      return {
        path: instancePath(root, pointer),
        message: `must be ${name}; it is ${brief(data)}`,
      };
    }
  }
  return {
    path: instancePath(root, pointer),
    message: `${error.message ?? keyword}; it is ${brief(data)}`,
  };
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => brief(value)).join(', ') : brief(values);
}

/** A value short enough for a line. */
function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
