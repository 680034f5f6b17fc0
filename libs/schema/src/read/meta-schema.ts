import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Draft } from './drafts.ts';
import type { SchemaIssue } from './invalid-schema.ts';

/** Issues that are told; more of them are seldom more help. */
const MAX_ISSUES = 10;

const OPTIONS = {
  strict: false,
  allErrors: true,
  logger: false,
  verbose: true,
  // Optimising the code takes longer than the few schemas of a comparison would gain.
  code: { optimize: false },
} as const;

const compiled = new Map<Draft, ValidateFunction>();

/** What the draft's own meta-schema says against a schema; none for a valid one. */
export function metaSchemaIssues(schema: unknown, draft: Draft): readonly SchemaIssue[] {
  let validate = compiled.get(draft);
  if (validate === undefined) compiled.set(draft, (validate = compileFor(draft)));
  if (validate(schema)) return [];
  return explain(validate.errors ?? []).slice(0, MAX_ISSUES);
}

function compileFor(draft: Draft): ValidateFunction {
  switch (draft) {
    case 'draft-04':
      return metaSchema(new Ajv04.default(OPTIONS), 'http://json-schema.org/draft-04/schema');
    case 'draft-06':
      return metaSchema(
        new Ajv(OPTIONS).addMetaSchema(draft06),
        'http://json-schema.org/draft-06/schema',
      );
    case 'draft-07':
      return metaSchema(new Ajv(OPTIONS), 'http://json-schema.org/draft-07/schema');
    case '2019-09':
      return metaSchema(new Ajv2019(OPTIONS), 'https://json-schema.org/draft/2019-09/schema');
    case '2020-12':
      return metaSchema(new Ajv2020(OPTIONS), 'https://json-schema.org/draft/2020-12/schema');
  }
}

function metaSchema(ajv: Ajv, address: string): ValidateFunction {
  const validate = addFormats.default(ajv).getSchema(address);
  if (validate === undefined) throw new Error(`ajv carries no meta-schema ${address}`);
  return validate as ValidateFunction;
}

/** The innermost errors, each place once, in words; those of a union's other options left out. */
function explain(errors: readonly ErrorObject[]): SchemaIssue[] {
  const issues = new Map<string, SchemaIssue>();
  const order = [...errors].sort((a, b) => rank(a) - rank(b));
  for (const error of order) {
    const { instancePath: path } = error;
    const inside = [...issues.keys()].some(
      (other) => other === path || other.startsWith(`${path}/`),
    );
    if (!inside) issues.set(path, { path, message: messageOf(error) });
  }
  return [...issues.values()];
}

/** Deep before shallow, and at one place the error that says most. */
function rank({ keyword, instancePath }: ErrorObject): number {
  const said = ['enum', 'format', 'type', 'anyOf', 'if', '$ref'].indexOf(keyword);
  return -instancePath.split('/').length * 10 + (said < 0 ? 1 : said);
}

function messageOf({ keyword, message, params, data }: ErrorObject): string {
  const shown = JSON.stringify(data) ?? 'undefined';
  const value = shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
  if (keyword === 'enum') {
    const allowed = (params as { allowedValues: unknown[] }).allowedValues;
    return `${value} isn't one of ${allowed.map((each) => JSON.stringify(each)).join(', ')}`;
  }
  if (keyword === 'format' && params['format'] === 'regex') {
    return `${value} isn't a valid regular expression in Unicode mode`;
  }
  return `${message ?? keyword}; it is ${value}`;
}
