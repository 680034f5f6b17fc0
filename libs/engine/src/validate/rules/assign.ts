import { isObject } from '../../json.ts';
import type { Json } from '../../json.ts';
import type { Report } from '../diagnostic.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import type { StateSite } from '../site.ts';

const maxName = 80;

/**
 * Assign, of a state, a choice rule or a catcher, sets variables: their names are identifiers, and
 * none is that of a variable of an outer scope
 * (https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html).
 */
export const assignRule: Rule = {
  scope(scope, report) {
    for (const [name, pointers] of scope.assigned) {
      if (!scope.outer.has(name)) continue;
      for (const pointer of pointers) {
        report(
          'SCHEMA_VALIDATION_FAILED',
          pointer,
          `Variable '${name}' is assigned in an outer scope: it can be read here, not assigned`,
        );
      }
    }
  },

  state(state, report) {
    check(state.value['Assign'], below(state.pointer, 'Assign'), state, report);
    for (const field of ['Choices', 'Catch']) {
      const items = state.value[field];
      if (!Array.isArray(items)) continue;
      items.forEach((item, index) => {
        if (isObject(item)) {
          check(item['Assign'], below(state.pointer, field, index, 'Assign'), state, report);
        }
      });
    }
  },
};

function check(value: Json | undefined, pointer: string, state: StateSite, report: Report): void {
  if (value === undefined) return;
  if (!isObject(value)) {
    report('SCHEMA_VALIDATION_FAILED', pointer, 'Assign must be an object');
    return;
  }
  for (const key of Object.keys(value)) {
    const evaluated = state.queryLanguage === 'JSONPath' && key.endsWith('.$');
    const name = evaluated ? key.slice(0, -2) : key;
    const problem = nameProblem(name);
    if (problem !== undefined) {
      report('SCHEMA_VALIDATION_FAILED', below(pointer, key), `Variable '${name}' ${problem}`);
    }
  }
}

function nameProblem(name: string): string | undefined {
  if (name === 'states') return 'is reserved';
  if (name.length > maxName) return `is longer than ${String(maxName)} characters`;
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)
    ? undefined
    : 'must start with a letter and hold letters, digits and underscores only';
}
