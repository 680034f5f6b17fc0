import type { Json, Scope } from './types.ts';

/** A scope for tests: nothing in it unless given. */
export function scopeOf(
  input: Json,
  more: {
    context?: Json;
    variables?: Record<string, Json>;
    result?: Json;
    now?: number;
    random?: number;
  } = {},
): Scope {
  const { variables = {}, now } = more;
  return {
    input,
    context: more.context ?? {},
    result: more.result,
    variables: { get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined) },
    random: {
      next: () => more.random ?? 0.5,
      uuid: () => '00000000-0000-4000-8000-000000000000',
    },
    now: now === undefined ? undefined : () => now,
  };
}

/** What a function throws; fails when it does not. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
