import { expressionIn } from '@harmony/engine/expressions';
import { type Fact, type Field, object, scalar, unknown } from './fact.ts';
import { evaluateJsonata } from './jsonata.ts';
import { evaluateJsonPath } from './jsonpath.ts';
import { typeOf } from './declared.ts';
import { below, type Scope } from './scope.ts';

/** JSON in which some strings are expressions: Parameters, Arguments, Output, Assign, … */
export function evaluateTemplate(
  value: unknown,
  scope: Scope,
  language: 'JSONPath' | 'JSONata',
): Fact {
  const fact = evaluatePart(value, scope, language);
  scope.parts?.set(scope.pointer, fact);
  return fact;
}

function evaluatePart(value: unknown, scope: Scope, language: 'JSONPath' | 'JSONata'): Fact {
  if (Array.isArray(value)) {
    const items = value.map((item, index) =>
      evaluateTemplate(item, { ...scope, pointer: below(scope.pointer, index) }, language),
    );
    // Read as an object with numbers for names, it would lose its type: items by position are rare.
    const item = items.length === 1 ? (items[0] as Fact) : tuple(items);
    return { kind: 'array', item, at: items };
  }
  if (typeof value === 'object' && value !== null) {
    const fields: Record<string, Field> = {};
    for (const [key, child] of Object.entries(value)) {
      const inner = { ...scope, pointer: below(scope.pointer, key) };
      const isPath = language === 'JSONPath' && key.endsWith('.$') && typeof child === 'string';
      const fact = isPath
        ? evaluateJsonPath(child, inner)
        : evaluateTemplate(child, inner, language);
      if (isPath) scope.parts?.set(inner.pointer, fact);
      fields[isPath ? key.slice(0, -2) : key] = { fact, maybe: false };
    }
    return object(fields);
  }
  if (typeof value === 'string' && language === 'JSONata') {
    const expression = expressionIn(value);
    if (expression !== undefined) return evaluateJsonata(expression, scope);
  }
  return literal(value);
}

function tuple(items: readonly Fact[]): Fact {
  return items.length === 0 ? scalar('null') : { kind: 'either', options: items };
}

export function literal(value: unknown): Fact {
  const type = typeOf(value);
  if (type === 'object' || type === 'array') return evaluateLiteral(value);
  // What a stage fills in later may be anything where it stands alone: `${Limit}`.
  if (typeof value === 'string' && value.includes('${')) {
    return /^\$\{[^}]*\}$/.test(value) ? unknown('what a stage fills in') : scalar('string');
  }
  return { kind: 'scalar', type, value: value as string | number | boolean | null };
}

/** A literal object or array, in which nothing is an expression. */
function evaluateLiteral(value: unknown): Fact {
  if (Array.isArray(value)) return { kind: 'array', item: tuple(value.map(literal)) };
  const entries = Object.entries(value as object).map(([key, child]): [string, Field] => [
    key,
    { fact: literal(child), maybe: false },
  ]);
  return { kind: 'object', fields: new Map(entries) };
}
