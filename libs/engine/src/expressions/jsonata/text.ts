import { isCallable } from './evaluator/callable.ts';
import { fail } from './evaluator/failure.ts';

/**
 * `$string`, and what `&` makes of its operands. As jsonata's own, but for whole numbers, which the
 * service writes in full up to 21 digits, where jsonata rounds to 15: ids survive it. Fractions keep
 * 15 digits (measured publicly: github.com/floci-io/floci, `$string(1e20)`, `$string(2^63)`).
 */
export function textOf(value: unknown, prettify = false): string {
  if (typeof value === 'string') return value;
  if (isCallable(value)) return '';
  if (typeof value === 'number' && !Number.isFinite(value)) fail('D3001', { value });
  return JSON.stringify(value, writeNumber, prettify ? 2 : 0) ?? '';
}

function writeNumber(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : to15Digits(value);
  return isCallable(value) ? '' : value;
}

function to15Digits(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : value;
}
