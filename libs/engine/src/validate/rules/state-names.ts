import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';

const maxLength = 80;

/** State names have at most 80 characters and are unique in the whole definition. */
export const stateNamesRule: Rule = {
  definition(scopes, report) {
    const seen = new Map<string, string>();
    for (const { name, pointer } of scopes.flatMap((scope) => scope.states)) {
      if (name === '' || name.length > maxLength) {
        report(
          'SCHEMA_VALIDATION_FAILED',
          pointer,
          `A state name has 1 to ${String(maxLength)} characters, '${name}' has ${String(name.length)}`,
        );
      }
      const first = seen.get(name);
      if (first === undefined) seen.set(name, pointer);
      else {
        report(
          'DUPLICATE_STATE_NAME',
          pointer,
          `Duplicate state name '${name}': also at ${first === '' ? below('', name) : first}`,
        );
      }
    }
  },
};
