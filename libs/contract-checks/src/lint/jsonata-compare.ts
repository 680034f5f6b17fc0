import { alternatives, declaredValues } from './declared.ts';
import type { Fact } from './fact.ts';
import { typesOf } from './read.ts';
import { article, declaredAt, type Scope } from './scope.ts';

/** Operands of types that no value has in common. */
export function compareTypes(
  facts: readonly Fact[],
  texts: readonly string[],
  operator: string,
  scope: Scope,
): void {
  const [left, right] = facts.map(typesOf);
  if (!left || !right || left.some((type) => right.includes(type))) return;
  const declared = facts.map(declaredAt).join('');
  scope.reporter.problem(
    'error',
    'TYPE_MISMATCH',
    scope.pointer,
    `${texts[0] ?? ''} ${operator} ${texts[1] ?? ''} compares ${article(left)} with ${article(right)}${declared}`,
  );
}

/** `$configuration.basis = 'actul'`: a value that the declared choices do not have. */
export function compareValues(
  facts: readonly Fact[],
  texts: readonly string[],
  operator: string,
  scope: Scope,
): void {
  for (const [index, fact] of facts.entries()) {
    const other = facts[1 - index];
    if (fact.kind !== 'scalar' || fact.value === undefined || other?.kind !== 'declared') continue;
    const values = possibleValues(other);
    if (!values || values.includes(fact.value)) continue;
    scope.reporter.problem(
      'error',
      'VALUE_IMPOSSIBLE',
      scope.pointer,
      `${texts[0] ?? ''} ${operator} ${texts[1] ?? ''}: ${other.path} can only be ${values.map((value) => JSON.stringify(value)).join(', ')}`,
    );
  }
}

/** All values of a declared enumeration; undefined where there are others. */
export function possibleValues(fact: Extract<Fact, { kind: 'declared' }>): unknown[] | undefined {
  const lists = alternatives(fact).map(({ schema }) => declaredValues(schema));
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}
