import { comparisonTests } from '../../expressions/choice/comparisons.ts';
import type { Json, JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import type { Check } from '../check.ts';
import {
  boolean,
  jsonataTemplate,
  number,
  orExpression,
  path,
  string,
  template,
} from '../check.ts';
import { isLater } from '../placeholders.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import { timestampLiteral } from '../timestamp-literal.ts';
import { inside, refuse, type Place } from '../place.ts';

/** Choices holds rules: a comparison, And, Or or Not in JSONPath, a Condition in JSONata. */
export const choiceRule: Rule = {
  state(state, report) {
    const { Type: type, Choices: choices } = state.value;
    if (type !== 'Choice' || choices === undefined) return;
    const place: Place = { pointer: below(state.pointer, 'Choices'), state, report };
    if (isLater(choices, state.options)) return;
    if (!Array.isArray(choices) || choices.length === 0) {
      refuse(place, 'Choices must be an array of at least one rule');
      return;
    }
    const check = state.queryLanguage === 'JSONata' ? jsonataRule : jsonPathRule;
    choices.forEach((rule, index) => {
      check(rule, inside(place, index));
    });
  },
};

const jsonataRule: Check = (rule, place) => {
  if (!isObject(rule)) {
    refuse(place, 'A choice rule must be an object');
    return;
  }
  const { Condition: condition, Next: next } = rule;
  if (condition === undefined) refuse(place, "The field 'Condition' is missing");
  if (next === undefined) refuse(place, "The field 'Next' is missing");
  checkFields(rule, place, {
    Condition: orExpression((value, at) => {
      if (typeof value !== 'boolean')
        refuse(at, 'Condition must be a JSONata expression or a boolean');
    }),
    Next: string,
    Comment: string,
    Output: jsonataTemplate,
    Assign: template,
  });
};

const jsonPathRule: Check = (rule, place) => {
  if (isObject(rule) && rule['Next'] === undefined) refuse(place, "The field 'Next' is missing");
  comparison(rule, place, { Next: string, Comment: string, Assign: template });
};

/** Rules inside And, Or and Not have neither Next nor Assign. */
const nestedRule: Check = (rule, place) => {
  comparison(rule, place, { Comment: string });
};

function comparison(rule: Json, place: Place, extra: Readonly<Record<string, Check>>): void {
  if (!isObject(rule)) {
    refuse(place, 'A choice rule must be an object');
    return;
  }
  const operators = Object.keys(rule).filter(
    (key) => Object.hasOwn(logic, key) || comparisonTests.has(key),
  );
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) {
    refuse(
      place,
      operator === undefined
        ? 'A choice rule needs a comparison, And, Or or Not'
        : `A choice rule has one comparison, not ${operators.join(', ')}`,
    );
  }
  const isLogic = operator !== undefined && Object.hasOwn(logic, operator);
  if (!isLogic && rule['Variable'] === undefined) refuse(place, "The field 'Variable' is missing");
  checkFields(rule, place, {
    ...extra,
    ...Object.fromEntries(operators.map((name) => [name, logic[name] ?? operandCheck(name)])),
    ...(isLogic ? {} : { Variable: path }),
  });
}

const someRules: Check = (value, place) => {
  if (!Array.isArray(value) || value.length === 0) {
    refuse(place, 'Expected an array of at least one rule');
    return;
  }
  value.forEach((rule, index) => {
    nestedRule(rule, inside(place, index));
  });
};

const logic: Readonly<Record<string, Check>> = {
  And: someRules,
  Or: someRules,
  Not: (value, place) => {
    nestedRule(value, place);
  },
};

function operandCheck(operator: string): Check {
  if (operator.endsWith('Path')) return path;
  if (operator.startsWith('Is') || operator.startsWith('Boolean')) return boolean;
  if (operator.startsWith('Numeric')) {
    return number({ min: -Infinity, max: Infinity, integer: false });
  }
  return operator.startsWith('Timestamp') ? timestampLiteral : string;
}

function checkFields(rule: JsonObject, place: Place, table: Readonly<Record<string, Check>>): void {
  for (const [name, value] of Object.entries(rule)) {
    const at = inside(place, name);
    const check = Object.hasOwn(table, name) ? table[name] : undefined;
    if (check === undefined) refuse(at, `Field '${name}' is not supported in this choice rule`);
    else if (!isLater(value, place.state.options)) check(value, at);
  }
}
