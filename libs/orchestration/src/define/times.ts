import type { Issue } from '@harmony/contract';
import type { JsonSchema } from '@harmony/schema';
import { isTimestamp, schemaAt } from '@harmony/schema/paths';
import type { Target } from '../target.ts';

/** Step Functions' bound on Wait. https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
const MAX_WAIT_SECONDS = 99_999_999;

/** An execution lives one year, so a longer wait would never end. In seconds. */
const MAX_EXECUTION_SECONDS = 365 * 24 * 3600;

export function checkTimeout(timeout: number | undefined, path: string): Issue[] {
  if (timeout === undefined) return [];
  if (Number.isInteger(timeout) && timeout > 0 && timeout <= MAX_EXECUTION_SECONDS) return [];
  const range = `expected whole seconds from 1 to ${MAX_EXECUTION_SECONDS} (one year)`;
  return [{ path, message: `${range}, got ${String(timeout)}` }];
}

/** @param timeout of the orchestration, in seconds */
export function checkDelay(
  delay: Target['delay'],
  path: string,
  { payload, timeout }: { readonly payload: JsonSchema; readonly timeout: number },
): Issue[] {
  if (delay === undefined) return [];
  if (typeof delay === 'object' && delay !== null) return checkUntil(delay.until, path, payload);
  if (!Number.isInteger(delay) || delay < 0 || delay > MAX_WAIT_SECONDS) {
    const range = `expected whole seconds from 0 to ${MAX_WAIT_SECONDS}, as Step Functions' Wait`;
    return [{ path, message: `${range} takes them, got ${String(delay)}` }];
  }
  if (delay >= MAX_EXECUTION_SECONDS) {
    const year = `an execution lives one year (${MAX_EXECUTION_SECONDS} seconds)`;
    return [{ path, message: `${delay} seconds would never end: ${year}` }];
  }
  if (delay >= timeout) {
    const message = `${delay} seconds would never end: the orchestration's timeout is ${timeout}`;
    return [{ path, message }];
  }
  return [];
}

function checkUntil(until: unknown, path: string, payload: JsonSchema): Issue[] {
  if (typeof until !== 'string') {
    return [{ path: `${path}.until`, message: `expected a path in the payload, such as "from"` }];
  }
  const found = schemaAt(payload, until.split('.'));
  const issue = (message: string) => [{ path: `${path}.until`, message }];
  if (found === undefined) return issue(`the payload does not declare "${until}"`);
  if (!found.sure) return issue(`the payload need not hold "${until}": make it required`);
  if (!isTimestamp(found.schema)) {
    return issue(`"${until}" is no timestamp: declare it as z.iso.datetime({ offset: true })`);
  }
  return [];
}
