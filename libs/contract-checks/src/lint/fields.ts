import type { Fact, JsonType } from './fact.ts';
import { evaluateJsonPath } from './jsonpath.ts';
import type { Language } from './flow.ts';
import { below, expectType, type Scope } from './scope.ts';
import { evaluateTemplate } from './template.ts';

/** Fields that hold no expression. */
const PLAIN = [
  'Type',
  'Comment',
  'QueryLanguage',
  'Next',
  'End',
  'Resource',
  'Label',
  'Default',
  'Retry',
];

/** Fields whose value decides what a state hands on: evaluated where that is worked out. */
const FLOW = [
  ...['InputPath', 'OutputPath', 'ResultPath', 'ResultSelector', 'Result', 'Parameters'],
  ...['Arguments', 'Output', 'Assign', 'Items', 'ItemsPath', 'ItemSelector', 'ItemProcessor'],
  ...['Iterator', 'Branches', 'Choices', 'Catch'],
];
export const ELSEWHERE = new Set([...PLAIN, ...FLOW]);

/** What a field takes; with JSONPath, the field of the same name that ends in Path. */
const TYPES: Readonly<Record<string, JsonType | undefined>> = {
  Seconds: 'number',
  Timestamp: 'string',
  TimeoutSeconds: 'number',
  HeartbeatSeconds: 'number',
  MaxConcurrency: 'number',
  ToleratedFailureCount: 'number',
  ToleratedFailurePercentage: 'number',
  Error: 'string',
  Cause: 'string',
};

/**
 * Evaluates every other field of a state: whatever stands there may be an expression, so that a
 * field which the language gets in future counts as reading what it names. What is read goes to the
 * service: it is used.
 * @param scopeOf the scope of a field, by its name
 */
export function checkFields(
  state: Readonly<Record<string, unknown>>,
  language: Language,
  scopeOf: (field: string) => Scope,
): void {
  for (const [field, value] of Object.entries(state)) {
    if (ELSEWHERE.has(field)) continue;
    const scope = scopeOf(field);
    const fact = evaluateField(field, value, scope, language);
    scope.reporter.usage.consume(fact);
    const type = TYPES[field] ?? TYPES[field.replace(/Path$/, '')];
    if (type === undefined) continue;
    const reference =
      typeof value === 'string' && isPath(field, value) ? value : 'what it is given';
    expectType(fact, [type], `${field} of a ${String(state['Type'])}`, reference, scope);
  }
}

function evaluateField(field: string, value: unknown, scope: Scope, language: Language): Fact {
  if (language === 'JSONata') return evaluateTemplate(value, scope, language);
  if (typeof value === 'string' && isPath(field, value)) return evaluateJsonPath(value, scope);
  checkPathsBelow(value, scope);
  return evaluateTemplate(value, scope, language);
}

/** `MaxItemsPath` of a ReaderConfig, `MaxItemsPerBatchPath` of an ItemBatcher. */
function checkPathsBelow(value: unknown, scope: Scope): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const inner = { ...scope, pointer: below(scope.pointer, key) };
    if (typeof child === 'string' && isPath(key, child)) {
      scope.reporter.usage.consume(evaluateJsonPath(child, inner));
    } else checkPathsBelow(child, inner);
  }
}

/** ErrorPath and CausePath may call an intrinsic function. */
function isPath(field: string, value: string): boolean {
  return field.endsWith('Path') && (value.startsWith('$') || value.startsWith('States.'));
}
