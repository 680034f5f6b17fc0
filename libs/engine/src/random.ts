import type { RandomSource } from './expressions/types.ts';

/**
 * sfc32 (a small, fast generator with 128 bits of state), seeded from text: the same text gives the
 * same sequence on every machine. Not for secrets.
 */
export function seededRandom(seed: string): RandomSource {
  let [a, b, c, d] = hash128(seed);
  const next32 = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next32();
  return {
    next: () => next32() / 2 ** 32,
    uuid(): string {
      const one = next32();
      const two = next32();
      const three = next32();
      const four = next32();
      const version = 0x40 | ((two >>> 8) & 0xf);
      const variant = 0x80 | ((three >>> 24) & 0x3f);
      return `${word(one)}-${half(two >>> 16)}-${byte(version)}${byte(two)}-${byte(variant)}${byte(three >>> 16)}-${half(three)}${word(four)}`;
    },
  };
}

const bytes = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** The lowest eight bits as two hexadecimal digits. */
function byte(value: number): string {
  return bytes[value & 0xff] as string;
}

function half(value: number): string {
  return byte(value >>> 8) + byte(value);
}

function word(value: number): string {
  return half(value >>> 16) + half(value);
}

/** cyrb128: spreads text over four 32-bit words. */
function hash128(text: string): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}
