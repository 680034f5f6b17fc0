import type { Json } from '../../json.ts';
import type { Report } from '../diagnostic.ts';
import { isLater } from '../placeholders.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';

/** QueryLanguage is one of two, and a JSONata machine has no JSONPath states. */
export const queryLanguageRule: Rule = {
  scope(scope, report) {
    if (scope.kind === 'machine' && !isLater(scope.value['QueryLanguage'], scope.options)) {
      check(scope.value['QueryLanguage'], scope.pointer, report);
    }
  },
  state(state, report) {
    check(state.value['QueryLanguage'], state.pointer, report);
    if (state.value['QueryLanguage'] === 'JSONPath' && state.machineLanguage === 'JSONata') {
      report(
        'SCHEMA_VALIDATION_FAILED',
        state.pointer,
        "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
      );
    }
  },
};

function check(value: Json | undefined, pointer: string, report: Report): void {
  if (value === undefined || value === 'JSONPath' || value === 'JSONata') return;
  report(
    'SCHEMA_VALIDATION_FAILED',
    below(pointer, 'QueryLanguage'),
    `QueryLanguage must be 'JSONPath' or 'JSONata', got ${JSON.stringify(value)}`,
  );
}
