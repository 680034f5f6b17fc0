import { isObject } from '../../json.ts';
import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';
import { isDistributed } from '../site.ts';

const tolerances = [
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];

/** What the service accepts and is seldom meant. */
export const adviceRule: Rule = {
  state(state, report) {
    if (state.value['Type'] === 'Choice' && state.value['Default'] === undefined) {
      report(
        'NO_CHOICE_DEFAULT',
        state.pointer,
        'Without Default, an input that meets no rule fails with States.Runtime',
        'WARNING',
      );
    }
    if (state.value['Type'] !== 'Map') return;
    const { ItemProcessor: processor, Iterator: iterator } = state.value;
    const inner = processor ?? iterator;
    const without = (names: readonly string[], why: string): void => {
      for (const name of names) {
        if (state.value[name] === undefined) continue;
        report('NO_EFFECT', below(state.pointer, name), `${name} has no effect ${why}`, 'WARNING');
      }
    };
    if (!isObject(inner) || !isDistributed(inner)) without(tolerances, 'on an inline Map');
    else if (state.value['ItemReader'] !== undefined) {
      without(['Items', 'ItemsPath'], 'beside ItemReader, whose items are used');
    }
  },
};
