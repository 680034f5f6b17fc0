import { below } from '../../pointer.ts';
import type { Rule } from '../rule.ts';

/** A heartbeat interval is shorter than the time-out it keeps alive. */
export const timeoutsRule: Rule = {
  state(state, report) {
    const { HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout } = state.value;
    if (typeof heartbeat !== 'number' || typeof timeout !== 'number') return;
    if (heartbeat >= timeout) {
      report(
        'SCHEMA_VALIDATION_FAILED',
        below(state.pointer, 'HeartbeatSeconds'),
        `HeartbeatSeconds (${String(heartbeat)}) must be smaller than TimeoutSeconds (${String(timeout)})`,
      );
    }
  },
};
