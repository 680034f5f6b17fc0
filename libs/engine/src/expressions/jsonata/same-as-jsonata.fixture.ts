import jsonata from 'jsonata';
import { StatesError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { compileJsonata } from '../jsonata.ts';
import { scopeOf } from '../scope.fixture.ts';
import { parseJsonata } from './parse.ts';

/** A value, or the code of what the evaluation failed with. */
export type Outcome = { value: unknown } | { failed: string };

/** What the jsonata package itself gives, with our functions left alone. */
export async function theirs(expression: string, input: Json): Promise<Outcome> {
  try {
    const value: unknown = await jsonata(expression).evaluate(undefined, {
      states: { input: structuredClone(input) },
    });
    if (value === undefined || typeof value === 'function' || isMarked(value)) {
      return { failed: 'nothing' };
    }
    const text = JSON.stringify(value, unmarked);
    // The package makes a text of its own JavaScript where a function is taken for a text.
    if (text.includes('async function')) return { failed: 'fault' };
    // It writes into empty arrays that it groups, and so into its own input.
    if (expression.includes('|') && text.includes('[null]')) return { failed: 'fault' };
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { failed: (error as { code?: string }).code ?? 'fault' };
  }
}

function isMarked(value: unknown): boolean {
  const marked = value as { _jsonata_function?: boolean; _jsonata_lambda?: boolean } | null;
  return marked?._jsonata_function === true || marked?._jsonata_lambda === true;
}

class HasFunction extends Error {}

function unmarked(_key: string, value: unknown): unknown {
  if (typeof value === 'function' || isMarked(value)) throw new HasFunction();
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

export function ours(expression: string, input: Json): Outcome {
  try {
    parseJsonata(expression);
    const compiled = compileJsonata(expression, { field: 'Output', stateName: 'S' });
    return { value: JSON.parse(JSON.stringify(compiled.evaluate(scopeOf(input)))) as unknown };
  } catch (error) {
    if (!(error instanceof StatesError)) return { failed: 'fault' };
    const code = /evaluation\. ([A-Z]\d{4}):/.exec(error.cause)?.[1];
    return { failed: code ?? (/returned/.test(error.cause) ? 'nothing' : error.cause) };
  }
}
