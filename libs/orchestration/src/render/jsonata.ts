import type { State } from '@harmony/artifact';

/** A state that evaluates JSONata, in a machine that as a whole does not. */
export function jsonataState(type: string, fields: Record<string, unknown>): State {
  return { Type: type, QueryLanguage: 'JSONata', ...fields };
}

/** A JSONata expression as a field's value, on one line. */
export function expression(jsonata: string): string {
  return `{% ${jsonata.replaceAll(/\s*\n\s*/g, ' ').trim()} %}`;
}
