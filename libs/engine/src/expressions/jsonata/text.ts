/**
 * `$string`, and what `&` makes of its operands. As jsonata's own, but for whole numbers, which the
 * service writes in full up to 21 digits, where jsonata rounds to 15: ids survive it. Fractions keep
 * 15 digits (measured publicly: github.com/floci-io/floci, `$string(1e20)`, `$string(2^63)`).
 */
export function textOf(value: unknown, prettify = false): string {
  if (typeof value === 'string') return value;
  if (isFunction(value)) return '';
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw Object.assign(new Error(`Attempting to invoke string function on Infinity or NaN`), {
      code: 'D3001',
    });
  }
  const wrapped = value as { outerWrapper?: boolean }[] & { outerWrapper?: boolean };
  const plain = Array.isArray(value) && wrapped.outerWrapper === true ? wrapped[0] : value;
  return JSON.stringify(plain, writeNumber, prettify ? 2 : 0) ?? '';
}

function writeNumber(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : to15Digits(value);
  return isFunction(value) ? '' : value;
}

function to15Digits(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : value;
}

/** jsonata's own functions, its lambdas, and JavaScript's. */
export function isFunction(value: unknown): boolean {
  return (
    typeof value === 'function' ||
    (typeof value === 'object' &&
      value !== null &&
      ('_jsonata_function' in value || '_jsonata_lambda' in value))
  );
}
