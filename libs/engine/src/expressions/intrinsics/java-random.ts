const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/**
 * The first integer in [0, bound) of a linear congruential generator with a 48-bit state, seeded
 * as java.util.Random is: a seed given in a definition draws the same number in every run.
 */
export function seededInteger(seed: number, bound: number): number {
  return Math.floor(seededFraction(seed) * bound);
}

/** The first number in [0, 1) of that generator, with 53 random bits. */
export function seededFraction(seed: number): number {
  let state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
  const next = (bits: bigint): bigint => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
}
