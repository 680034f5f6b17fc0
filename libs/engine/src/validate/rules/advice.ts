import type { Rule } from '../rule.ts';

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
  },
};
