import { isCallable } from '../evaluator/callable.ts';
import type { Run } from '../evaluator/run.ts';
import { isArray, isRecord } from '../evaluator/values.ts';
import { textOf } from '../text.ts';

/** A value as text, as `$string` and `&` give it. */
export function asText(value: unknown, run: Run, prettify = false): string {
  if (typeof value === 'string') return value;
  if (isCallable(value)) return '';
  run.budget.hold(textBytes(value, run));
  return textOf(value, prettify);
}

/**
 * Bytes of a value that is written out: parts that are shared count as often as they occur. Stops as
 * soon as the budget does.
 */
function textBytes(value: unknown, run: Run): number {
  let bytes = 0;
  const count = (item: unknown): void => {
    run.budget.spend(1);
    if (typeof item === 'string') bytes += item.length + 2;
    else if (isArray(item)) {
      bytes += item.length + 2;
      for (const inner of item) count(inner);
    } else if (isRecord(item)) {
      bytes += 2;
      for (const [key, inner] of Object.entries(item)) {
        bytes += key.length + 4;
        count(inner);
      }
    } else bytes += 8;
    run.budget.fits(bytes);
  };
  count(value);
  return bytes;
}
