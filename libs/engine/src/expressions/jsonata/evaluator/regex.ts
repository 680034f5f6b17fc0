import { exec } from '../../regex-guard.ts';
import type { JsonataNode } from '../ast.ts';
import type { Callable } from './callable.ts';
import { fail } from './failure.ts';
import type { Run } from './run.ts';

/** What a regular expression, or a function in its place, gives for a text. */
export interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
  readonly next: Callable;
}

/** `/…/`: a function that finds the first match in a text; the match finds the next one. */
export function evaluateRegex(node: JsonataNode, run: Run): Callable {
  const pattern = node.value as RegExp;
  const find = (text: unknown, from: number): Match | undefined => {
    if (typeof text !== 'string') return undefined;
    const regex = new RegExp(pattern);
    regex.lastIndex = from;
    run.budget.spend(1 + (text.length >> 4));
    const found = exec(regex, text, run.budget);
    if (found === null) return undefined;
    const after = regex.lastIndex;
    return {
      match: found[0],
      start: found.index,
      end: found.index + found[0].length,
      groups: found.slice(1),
      next: () => {
        if (after >= text.length) return undefined;
        const next = find(text, after);
        // A match of nothing would never progress.
        if (next?.match === '') fail('D1004', { value: pattern.source });
        return next;
      },
    };
  };
  const callable: Callable = (text, from) => find(text, typeof from === 'number' ? from : 0);
  callable.arity = 2;
  return callable;
}
