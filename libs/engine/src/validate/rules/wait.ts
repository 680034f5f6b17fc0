import type { Rule } from '../rule.ts';

const durations = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'];

/** A Wait says once how long. */
export const waitRule: Rule = {
  state(state, report) {
    if (state.value['Type'] !== 'Wait') return;
    const present = durations.filter((name) => state.value[name] !== undefined);
    if (present.length === 1) return;
    report(
      'SCHEMA_VALIDATION_FAILED',
      state.pointer,
      `A Wait state has exactly one of ${durations.join(', ')}` +
        (present.length === 0 ? '' : `, not ${present.join(' and ')}`),
    );
  },
};
