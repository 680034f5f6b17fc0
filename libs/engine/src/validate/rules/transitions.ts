import { isObject } from '../../json.ts';
import type { Report } from '../diagnostic.ts';
import { below } from '../pointer.ts';
import type { Rule } from '../rule.ts';
import type { ScopeSite, StateSite } from '../site.ts';
import { stateFields } from '../state-fields.ts';

/** A way out of a state. */
interface Exit {
  readonly target: string;
  readonly pointer: string;
}

/**
 * Every state leads on or ends, every target is in the same scope, every state can be reached, and
 * an end can be reached from the start.
 */
export const transitionsRule: Rule = {
  scope(scope, report) {
    const names = new Set(scope.states.map((state) => state.name));
    const refuse = (exit: Exit) => {
      report(
        'MISSING_TRANSITION_TARGET',
        exit.pointer,
        `Missing '${exit.pointer.split('/').pop() ?? ''}' target: there is no state '${exit.target}' here`,
      );
    };
    const startAt = scope.value['StartAt'];
    if (typeof startAt === 'string' && !names.has(startAt)) {
      refuse({ target: startAt, pointer: below(scope.pointer, 'StartAt') });
    }
    const exits = new Map(scope.states.map((state) => [state.name, exitsOf(state)]));
    for (const exit of [...exits.values()].flat()) {
      if (!names.has(exit.target)) refuse(exit);
    }
    if (typeof startAt === 'string' && names.has(startAt)) {
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

function reachability(
  scope: ScopeSite,
  startAt: string,
  exits: ReadonlyMap<string, readonly Exit[]>,
  report: Report,
): void {
  const reached = new Set<string>([startAt]);
  for (const name of reached) {
    for (const exit of exits.get(name) ?? []) reached.add(exit.target);
  }
  let ends = false;
  for (const state of scope.states) {
    if (!reached.has(state.name)) {
      report('MISSING_TRANSITION_TARGET', state.pointer, `State '${state.name}' is not reachable`);
    } else {
      const { Type: type, End: end } = state.value;
      ends ||= end === true || type === 'Succeed' || type === 'Fail';
      // what is unknown or misses its Next is reported elsewhere
      ends ||= (exits.get(state.name) ?? []).length === 0;
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
