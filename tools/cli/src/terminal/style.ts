import type { Io, Output } from '../io.ts';

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;

export type Colour = keyof typeof CODES;

/** Colours text, or not. */
export type Style = (colour: Colour, text: string) => string;

/** Colours only on a terminal, and not where NO_COLOR (https://no-color.org) asks for none. */
export function styleFor(output: Output, env: Io['env']): Style {
  const plain = !output.isTTY || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return plain
    ? (_colour, text) => text
    : (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m`;
}

/** Columns to write within: the terminal's, 80 where there is none, never less than 48. */
export function widthOf(output: Output): number {
  return Math.max(48, output.columns ?? 80);
}
