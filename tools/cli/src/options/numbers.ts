import { InvalidArgumentError } from 'commander';

/**
 * Reads an option's whole number.
 * @param from the smallest allowed
 * @param to the largest allowed; default: what a number holds exactly
 */
export function wholeNumber(from: number, to?: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    const whole = /^\d+$/.test(text) && Number.isSafeInteger(number);
    if (whole && number >= from && number <= (to ?? number)) return number;
    throw new InvalidArgumentError(
      to === undefined
        ? `Give a whole number, ${from} or more.`
        : `Give a whole number from ${from} to ${to}.`,
    );
  };
}
