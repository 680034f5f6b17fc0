import { StatesError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { comparisonTests } from './choice/comparisons.ts';
import { compileJsonata, unexpectedType } from './jsonata.ts';
import { compilePath } from './jsonpath.ts';
import { below } from './reach.ts';
import { ExpressionSyntaxError } from './syntax-error.ts';
import type { CompiledChoiceRule, QueryLanguage, Scope, Where } from './types.ts';

/**
 * Compiles the test of one choice rule: `Condition` in JSONata, a comparison or And, Or, Not in
 * JSONPath. And and Or stop at the first rule that decides them.
 *
 * Testing throws States.Runtime when a path matches nothing (IsPresent alone asks for that) and
 * States.QueryEvaluationError when a Condition is not a boolean.
 *
 * @throws ExpressionSyntaxError when the rule is none.
 */
export function compileChoiceRule(
  rule: JsonObject,
  queryLanguage: QueryLanguage,
  where: Where,
): CompiledChoiceRule {
  if (queryLanguage === 'JSONata') return compileCondition(rule['Condition'], where);
  return { test: compileRule(rule, where) };
}

type Test = (scope: Scope) => boolean;

function compileCondition(condition: Json | undefined, where: Where): CompiledChoiceRule {
  if (typeof condition === 'boolean') return { test: () => condition };
  const field = `${where.field}/Condition`;
  if (typeof condition !== 'string') {
    throw new ExpressionSyntaxError(
      field,
      0,
      'Condition must be a JSONata expression or a boolean',
    );
  }
  const expression = compileJsonata(condition, { ...below(where, 'Condition'), field });
  const check = (value: Json): boolean => {
    if (typeof value === 'boolean') return value;
    throw unexpectedType(condition, field, 'boolean', value);
  };
  return {
    test(scope) {
      return check(expression.evaluate(scope));
    },
  };
}

function compileRule(rule: JsonObject, where: Where): Test {
  const { And: all, Or: any, Not: not } = rule;
  if (Array.isArray(all)) {
    const tests = all.map((item, index) => compileNested(item, below(where, 'And', index)));
    return (scope) => tests.every((test) => test(scope));
  }
  if (Array.isArray(any)) {
    const tests = any.map((item, index) => compileNested(item, below(where, 'Or', index)));
    return (scope) => tests.some((test) => test(scope));
  }
  if (not !== undefined) {
    const test = compileNested(not, below(where, 'Not'));
    return (scope) => !test(scope);
  }
  return compileComparison(rule, where);
}

function compileNested(rule: Json, where: Where): Test {
  if (isObject(rule)) return compileRule(rule, where);
  throw new ExpressionSyntaxError(where.field, 0, 'a choice rule must be an object');
}

function compileComparison(rule: JsonObject, where: Where): Test {
  const operator = Object.keys(rule).find((key) => comparisonTests.has(key));
  const { Variable: variable } = rule;
  if (operator === undefined || typeof variable !== 'string') {
    throw new ExpressionSyntaxError(
      where.field,
      0,
      'a choice rule needs Variable and a comparison',
    );
  }
  const path = compilePath(variable, { ...below(where, 'Variable'), field: 'Variable' });
  const operand = rule[operator] as Json;
  if (operator === 'IsPresent') return (scope) => (path.find(scope) !== undefined) === operand;

  const test = comparisonTests.get(operator);
  if (test === undefined) throw new Error(`${operator} has no test`);
  const read = (text: string, find: (scope: Scope) => Json | undefined) => (scope: Scope) => {
    const value = find(scope);
    if (value !== undefined) return value;
    throw new StatesError(
      'States.Runtime',
      `Invalid path '${text}': The choice state's condition path references an invalid value.`,
    );
  };
  const value = read(variable, (scope) => path.find(scope));
  if (!operator.endsWith('Path')) return (scope) => test(value(scope), operand);
  if (typeof operand !== 'string') {
    throw new ExpressionSyntaxError(where.field, 0, `${operator} must be a path`);
  }
  const other = compilePath(operand, { ...below(where, operator), field: operator });
  const expected = read(operand, (scope) => other.find(scope));
  return (scope) => test(value(scope), expected(scope));
}
