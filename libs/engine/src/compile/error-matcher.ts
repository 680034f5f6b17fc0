import type { Failure } from '../core/failure.ts';
import type { Json } from '../json.ts';

/**
 * ErrorEquals. `States.ALL` matches every error that can be handled at all, `States.TaskFailed`
 * every such error but a timeout, `States.Timeout` a missed heartbeat too.
 */
export function errorMatcher(errorEquals: Json | undefined): (how: Failure) => boolean {
  const names = new Set(Array.isArray(errorEquals) ? errorEquals : []);
  const all = names.has('States.ALL');
  const taskFailed = names.has('States.TaskFailed');
  const timeout = names.has('States.Timeout');
  return ({ error }) => {
    if (all || (error !== undefined && names.has(error))) return true;
    const timedOut = error === 'States.Timeout' || error === 'States.HeartbeatTimeout';
    return timedOut ? timeout : taskFailed;
  };
}
