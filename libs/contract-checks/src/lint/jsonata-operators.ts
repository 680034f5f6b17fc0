import { type JsonType, scalar } from './fact.ts';
import { compareTypes, compareValues } from './jsonata-compare.ts';
import { sure, type Value } from './jsonata-value.ts';
import { expectType, type Scope } from './scope.ts';

/**
 * What a binary operator gives, with operands reported whose types do not fit it.
 * @param texts the operands as they are written
 */
export function operatorResult(
  operator: string,
  operands: readonly Value[],
  texts: readonly string[],
  scope: Scope,
): Value {
  const maybe = operands.some((operand) => operand.maybe);
  const facts = operands.map(({ fact }) => fact);
  const expect = (allowed: readonly JsonType[]) => {
    for (const [index, fact] of facts.entries()) {
      expectType(fact, allowed, `The operator ${operator}`, texts[index] ?? '', scope);
    }
  };
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      expect(['number']);
      return { fact: scalar('number'), maybe };
    case '<':
    case '>':
    case '<=':
    case '>=':
      expect(['number', 'string']);
      compareTypes(facts, texts, operator, scope);
      return { fact: scalar('boolean'), maybe };
    case '=':
    case '!=':
      compareTypes(facts, texts, operator, scope);
      compareValues(facts, texts, operator, scope);
      return sure(scalar('boolean'));
    case '&':
      return sure(scalar('string'));
    case '..':
      expect(['number']);
      return { fact: { kind: 'array', item: scalar('number') }, maybe: false };
    default:
      // and, or, in
      return sure(scalar('boolean'));
  }
}
