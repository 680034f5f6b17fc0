import { isObject, type Json } from '../../json.ts';
import type { Report } from '../diagnostic.ts';
import { hasPlaceholder, isLater } from '../placeholders.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import type { ScopeSite, StateSite } from '../site.ts';
import { stateFields } from '../state-fields.ts';

/** A way out of a state. */
interface Exit {
  readonly target: string;
  readonly pointer: string;
}

/**
 * Every state leads on or ends, every target is in the same scope, something leads to every state,
 * and some state ends (what the service refuses, as measured: github.com/floci-io/floci/pull/2786).
 */
export const transitionsRule: Rule = {
  scope(scope, report) {
    // A state that a substitution brings is there too; where it leads nobody knows yet.
    const later = Object.entries(scope.value['States'] ?? {})
      .filter(([, state]) => isLater(state as Json, scope.options))
      .map(([name]) => name);
    const names = new Set([...scope.states.map((state) => state.name), ...later]);
    const open = later.length > 0;
    const refuse = (exit: Exit) => {
      report(
        'MISSING_TRANSITION_TARGET',
        exit.pointer,
        `Missing '${exit.pointer.split('/').pop() ?? ''}' target: there is no state '${exit.target}' here`,
      );
    };
    const startAt = scope.value['StartAt'];
    const startsLater =
      scope.options.placeholders && typeof startAt === 'string' && hasPlaceholder(startAt);
    if (typeof startAt === 'string' && !names.has(startAt) && !startsLater) {
      refuse({ target: startAt, pointer: below(scope.pointer, 'StartAt') });
    }
    const exits = new Map(scope.states.map((state) => [state.name, exitsOf(state)]));
    for (const exit of [...exits.values()].flat()) {
      const unknown = scope.options.placeholders && hasPlaceholder(exit.target);
      if (!names.has(exit.target) && !unknown) refuse(exit);
    }
    if (typeof startAt === 'string' && names.has(startAt) && !open) {
      reachability(scope, startAt, exits, report);
    }
  },

  state(state, report) {
    const { Type: type, Next: next, End: end } = state.value;
    // Choice, Succeed and Fail have neither; an unknown type is reported elsewhere
    const fields = typeof type === 'string' && Object.hasOwn(stateFields, type);
    if (!fields || stateFields[type]?.['Next'] === undefined) return;
    if (next === undefined && end === undefined) {
      report('SCHEMA_VALIDATION_FAILED', state.pointer, "Either 'Next' or 'End' is missing");
    } else if (next !== undefined && end !== undefined && end !== false) {
      report('SCHEMA_VALIDATION_FAILED', state.pointer, "Only one of 'Next' and 'End' is allowed");
    } else if (next === undefined && end === false) {
      report(
        'SCHEMA_VALIDATION_FAILED',
        below(state.pointer, 'End'),
        "Without 'Next', 'End' must be true",
      );
    }
  },
};

function exitsOf(state: StateSite): Exit[] {
  const exits: Exit[] = [];
  const add = (target: unknown, ...steps: (string | number)[]) => {
    if (typeof target === 'string') exits.push({ target, pointer: below(state.pointer, ...steps) });
  };
  add(state.value['Next'], 'Next');
  add(state.value['Default'], 'Default');
  for (const field of ['Choices', 'Catch']) {
    const items = state.value[field];
    if (!Array.isArray(items)) continue;
    items.forEach((item, index) => {
      if (isObject(item)) add(item['Next'], field, index, 'Next');
    });
  }
  return exits;
}

/** What nothing leads to, and a scope that cannot end; the service asks for no more than that. */
function reachability(
  scope: ScopeSite,
  startAt: string,
  exits: ReadonlyMap<string, readonly Exit[]>,
  report: Report,
): void {
  const targets = [...exits.values()].flat().map(({ target }) => target);
  // Where a substitution names a target, nobody knows yet what leads where.
  if (scope.options.placeholders && targets.some(hasPlaceholder)) return;
  const led = new Set([startAt, ...targets]);
  const ends = scope.states.some(({ name, value: { Type: type, End: end } }) => {
    // what is unknown or misses its Next is reported elsewhere
    const open = (exits.get(name) ?? []).length === 0;
    return open || end === true || type === 'Succeed' || type === 'Fail';
  });
  for (const state of scope.states) {
    if (!led.has(state.name)) {
      report('MISSING_TRANSITION_TARGET', state.pointer, `State '${state.name}' is not reachable`);
    }
  }
  if (!ends) {
    report(
      'MISSING_END_STATE',
      below(scope.pointer, 'States'),
      'No end can be reached: a state must have End: true or be of type Succeed or Fail',
    );
  }
}
