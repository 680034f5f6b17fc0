import type { Caller } from '../evaluator/callable.ts';
import type { Run } from '../evaluator/run.ts';
import { refuse } from '../refuse.ts';
import { libraryFunction } from './jsonata-library.ts';

type Implementation = (run: Run) => (this: Caller, ...args: never[]) => unknown;

/** jsonata's functions that the service answers otherwise, by name without `$`. */
export const serviceFunctions: Readonly<Record<string, Implementation>> = {
  base64decode: (run) => (text: string | undefined) => {
    if (text === undefined) return undefined;
    if (!isBase64(text)) return refuse('D3137', 'The string is not valid Base64');
    run.budget.hold(text.length);
    return Buffer.from(text, 'base64').toString('binary');
  },

  formatNumber: (run) =>
    function (value: number | undefined, picture: string, options?: object) {
      if (value === undefined) return undefined;
      run.budget.spend(picture.length);
      for (const part of picture.split(symbol(options, 'pattern-separator', ';'))) {
        if (!hasActiveCharacter(part, options)) return refuse('D3086', '');
      }
      return libraryFunction('formatNumber')?.implementation.call(this, value, picture, options);
    },
};

/** Of the standard alphabet; padding may be missing, as the service's own decoders have it. */
function isBase64(text: string): boolean {
  return (
    /^[A-Za-z0-9+/]*={0,2}$/.test(text) &&
    (text.includes('=') ? text.length % 4 === 0 : text.length % 4 !== 1)
  );
}

/**
 * A picture without a digit, a separator or an optional digit: jsonata takes it apart before it
 * looks (github.com/floci-io/floci/issues/2737).
 */
function hasActiveCharacter(picture: string, options: object | undefined): boolean {
  const zero = symbol(options, 'zero-digit', '0').charCodeAt(0);
  const active = [
    ...Array.from({ length: 10 }, (_, digit) => String.fromCharCode(zero + digit)),
    symbol(options, 'decimal-separator', '.'),
    symbol(options, 'grouping-separator', ','),
    symbol(options, 'digit', '#'),
    symbol(options, 'pattern-separator', ';'),
  ];
  return [...picture].some((char) => active.includes(char));
}

function symbol(options: object | undefined, name: string, standard: string): string {
  const given = (options as Record<string, unknown> | undefined)?.[name];
  return typeof given === 'string' && given !== '' ? given : standard;
}
