import { expressionIn } from '@harmony/engine/expressions';
import { decideComparison, decideCondition } from './choice-guards.ts';
import type { Fact, JsonType } from './fact.ts';
import { evaluateJsonata } from './jsonata.ts';
import { possibleValues } from './jsonata-compare.ts';
import { evaluateJsonPath } from './jsonpath.ts';
import type { Exit, Language, StateJson } from './flow.ts';
import { type Known, narrowByPaths, narrowByPresence } from './narrow.ts';
import { below, expectType, type Scope } from './scope.ts';
import type { StateVisit } from './flow.ts';
import { assign } from './visit.ts';
import { evaluateTemplate } from './template.ts';

/** The type that a comparison takes: a value of another never fits, so the rule never applies. */
const COMPARISONS: readonly (readonly [prefix: RegExp, type: JsonType])[] = [
  [/^String(Equals|LessThan|GreaterThan|Matches)/, 'string'],
  [/^Numeric/, 'number'],
  [/^Timestamp/, 'string'],
  [/^BooleanEquals/, 'boolean'],
];

/**
 * Checks a Choice's rules and hands its input on along each of them. What a rule asks for is there
 * where it leads, and what it found missing leads on to the rules after it.
 */
export function runChoice(visit: StateVisit, language: Language): readonly Exit[] {
  const { state, pointer } = visit;
  const rules = Array.isArray(state['Choices']) ? (state['Choices'] as StateJson[]) : [];
  let reached = visit;
  const exits = rules.flatMap((rule, index): Exit[] => {
    const inner = { ...reached, state: rule, pointer: below(pointer, 'Choices', index) };
    const scope = scopeFor(inner, inner.pointer);
    if (language === 'JSONPath') checkRule(rule, scope);
    else checkCondition(rule, scope);
    const decided = decideRule(rule, language, reached);
    reached = { ...reached, ...decided.no };
    return leave({ ...inner, ...decided.yes }, rule, language);
  });
  const fallback = state['Default'];
  if (typeof fallback !== 'string') return exits;
  const { input } = reached;
  const scope = scopeFor(reached, below(pointer, 'Output'));
  const output =
    language === 'JSONata' && state['Output'] !== undefined
      ? evaluateTemplate(state['Output'], scope, language)
      : input;
  const variables = assign(reached, state['Assign'], 'Assign', input, {}, language);
  return [...exits, { next: fallback, output, variables }];
}

/** What is known of input and variables where a rule applies, and where it does not. */
function decideRule(
  rule: StateJson,
  language: Language,
  known: Known,
): { readonly yes: Known; readonly no: Known } {
  if (language === 'JSONPath') {
    const { yes, no } = decideComparison(rule);
    return { yes: narrowByPaths(known, yes), no: narrowByPaths(known, no) };
  }
  const { yes, no } = decideCondition(rule['Condition']);
  return { yes: narrowByPresence(known, yes), no: narrowByPresence(known, no) };
}

function leave(visit: StateVisit, rule: StateJson, language: Language): Exit[] {
  if (typeof rule['Next'] !== 'string') return [];
  const scope = scopeFor(visit, below(visit.pointer, 'Output'));
  const output =
    language === 'JSONata' && rule['Output'] !== undefined
      ? evaluateTemplate(rule['Output'], scope, language)
      : visit.input;
  const variables = assign(visit, rule['Assign'], 'Assign', visit.input, {}, language);
  return [{ next: rule['Next'], output, variables }];
}

function scopeFor({ flow, input, variables }: StateVisit, pointer: string): Scope {
  const { context, reporter } = flow;
  return { input, context, variables, states: {}, reporter, pointer };
}

function checkCondition(rule: StateJson, scope: Scope): void {
  const { Condition: condition } = rule;
  const expression = typeof condition === 'string' ? expressionIn(condition) : undefined;
  if (expression === undefined) return;
  const inner = { ...scope, pointer: below(scope.pointer, 'Condition') };
  const fact = evaluateJsonata(expression, inner);
  scope.reporter.usage.consume(fact);
  expectType(fact, ['boolean'], 'A Condition', 'what it gives', inner);
}

function checkRule(rule: StateJson, scope: Scope): void {
  for (const combination of ['And', 'Or'] as const) {
    const inner = rule[combination];
    if (!Array.isArray(inner)) continue;
    for (const [index, each] of inner.entries()) {
      checkRule(each as StateJson, { ...scope, pointer: below(scope.pointer, combination, index) });
    }
  }
  if (typeof rule['Not'] === 'object' && rule['Not'] !== null) {
    checkRule(rule['Not'] as StateJson, { ...scope, pointer: below(scope.pointer, 'Not') });
  }
  const { Variable: variable } = rule;
  if (typeof variable !== 'string') return;
  const at = { ...scope, pointer: below(scope.pointer, 'Variable') };
  const fact = evaluateJsonPath(variable, at, rule['IsPresent'] !== undefined);
  scope.reporter.usage.consume(fact);
  for (const [operator, operand] of Object.entries(rule)) {
    const type = COMPARISONS.find(([prefix]) => prefix.test(operator))?.[1];
    if (type === undefined) continue;
    expectType(fact, [type], operator, variable, at);
    const inner = { ...scope, pointer: below(scope.pointer, operator) };
    if (operator.endsWith('Path') && typeof operand === 'string') {
      const other = evaluateJsonPath(operand, inner);
      scope.reporter.usage.consume(other);
      expectType(other, [type], operator, operand, inner);
    } else if (operator === 'StringEquals') checkValue(fact, operand, variable, inner);
  }
}

/** `StringEquals: actul` on a field that only takes `actual` and `forecast`. */
function checkValue(fact: Fact, operand: unknown, variable: string, scope: Scope): void {
  if (fact.kind !== 'declared') return;
  const values = possibleValues(fact);
  if (!values || values.includes(operand)) return;
  const known = values.map((value) => JSON.stringify(value)).join(', ');
  scope.reporter.problem(
    'error',
    'VALUE_IMPOSSIBLE',
    scope.pointer,
    `${variable} never equals ${JSON.stringify(operand)}: ${fact.path} can only be ${known}`,
  );
}
