/** The next integer that a JSON number, being a double, can hold: beyond 2^53 not every one can. */
export function integerAbove(value: number): number {
  const next = value + 1;
  if (next !== value) return next;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

/**
 * Is `value` a multiple of `of`, both taken for the decimals that they are written as? So 0.3 is one
 * of 0.1, and 1,000,000,000.5 none of 1, however large the quotient.
 */
export function isMultiple(value: number, of: number): boolean {
  if (!Number.isFinite(value)) return false;
  const [a, b] = [decimal(value), decimal(of)];
  const exponent = Math.min(a.exponent, b.exponent);
  // Apart by more digits than a double has: written out they would fill the memory for nothing.
  if (a.exponent - exponent > MAX_DIGITS || b.exponent - exponent > MAX_DIGITS) {
    return Number.isInteger(value / of);
  }
  const scaled = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent);
  return scaled(a) % scaled(b) === 0n;
}

/** As `isMultiple`, and also to a validator that divides doubles. */
export function isSurelyMultiple(value: number, of: number): boolean {
  return isMultiple(value, of) && Number.isInteger(value / of);
}

/** May some validator take `value` for a multiple of `of`? */
export function mayBeMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return isMultiple(value, of) || Math.abs(quotient - Math.round(quotient)) <= 1e-6;
}

/**
 * Is each multiple of `value` surely one of `of`, also to a validator that divides doubles? Only
 * where such a division is exact: 0.55 is a multiple of 0.05 to it, but none of 0.01.
 */
export function impliesMultiple(value: number, of: number): boolean {
  return value === of || (isMultiple(value, of) && [value, of].every(isDyadic));
}

const MAX_DIGITS = 700;

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function decimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** A whole number, or a fraction of a small power of two: exact as a double. */
function isDyadic(value: number): boolean {
  return Number.isSafeInteger(value * 1024);
}
