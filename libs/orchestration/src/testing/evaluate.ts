import jsonata from 'jsonata';

/**
 * Evaluates one field's `{% … %}` as Step Functions does: `$states` and variables are bound, and
 * `$parse` is added to JSONata's own functions. The result as JSON.
 */
export async function evaluate(
  field: unknown,
  states: Record<string, unknown>,
  variables: Record<string, unknown> = {},
): Promise<unknown> {
  const source = /^\{%(.*)%\}$/s.exec(String(field))?.[1];
  if (source === undefined) throw new Error(`no expression: ${String(field)}`);
  const expression = jsonata(source);
  expression.registerFunction('parse', (text: string) => JSON.parse(text) as unknown);
  const value: unknown = await expression.evaluate(undefined, { states, ...variables });
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
