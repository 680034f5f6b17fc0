import { seededRandom } from '../src/random.ts';
import type { Choose } from './random-expression.ts';

/** The same seed gives the same choices. */
export function seededChoose(seed: string): Choose {
  const random = seededRandom(seed);
  const below = (bound: number): number => Math.floor(random.next() * bound);
  return { below, of: (items) => items[below(items.length)] as never };
}
