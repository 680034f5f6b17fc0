import type { Json } from '../../json.ts';
import type { RandomSource } from '../types.ts';

/** Arguments that an intrinsic function refuses; the message is the reason alone. */
export class IntrinsicFailure extends Error {
  override readonly name = 'IntrinsicFailure';
}

export interface CallSite {
  readonly random: RandomSource;
  /** The text between the quotes of the arguments that are string literals, escapes and all. */
  readonly literals: readonly (string | undefined)[];
}

export interface IntrinsicFunction {
  /** How many arguments it takes; checked when the definition is validated. */
  readonly minArgs: number;
  readonly maxArgs: number;
  /** Throws IntrinsicFailure. */
  call(args: readonly Json[], site: CallSite): Json;
}

export function arrayArgument(name: string, args: readonly Json[], index: number): readonly Json[] {
  const value = args[index];
  if (Array.isArray(value)) return value;
  return invalid(name, index, 'an array', value);
}

export function stringArgument(name: string, args: readonly Json[], index: number): string {
  const value = args[index];
  return typeof value === 'string' ? value : invalid(name, index, 'a string', value);
}

export function numberArgument(name: string, args: readonly Json[], index: number): number {
  const value = args[index];
  return typeof value === 'number' ? value : invalid(name, index, 'a number', value);
}

/**
 * An integer, cut off after the point. The Developer Guide says that fractions are rounded to the
 * nearest integer; the service cuts them off everywhere but in MathAdd.
 */
export function integerArgument(name: string, args: readonly Json[], index: number): number {
  return Math.trunc(numberArgument(name, args, index)) + 0; // never -0
}

function invalid(name: string, index: number, expected: string, value: Json | undefined): never {
  throw new IntrinsicFailure(
    `Invalid arguments in ${name}: argument ${String(index + 1)} must be ${expected}, ` +
      `but was ${shorten(JSON.stringify(value) ?? 'missing')}`,
  );
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
