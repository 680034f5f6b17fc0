import { describe, expect, it } from 'vitest';
import { HarmonyError, isHarmonyError } from './harmony-error.ts';

class GateError extends HarmonyError<'GATE_CLOSED'> {
  override readonly name = 'GateError';
}

describe('an error of Harmony', () => {
  it('carries its code, its message and its cause', () => {
    const cause = new TypeError('rust');
    const error = new GateError('GATE_CLOSED', 'the gate is closed: oil it.', { cause });
    expect(error).toMatchObject({ code: 'GATE_CLOSED', message: 'the gate is closed: oil it.' });
    expect(error.cause).toBe(cause);
    expect(String(error)).toBe('GateError: the gate is closed: oil it.');
  });

  it('is known from another copy of this file, as beside a bundle', async () => {
    const copy = './harmony-error.ts?another-copy';
    const other = (await import(copy)) as { HarmonyError: typeof HarmonyError };
    expect(other.HarmonyError).not.toBe(HarmonyError);
    expect(isHarmonyError(new other.HarmonyError('X', 'x'))).toBe(true);
  });

  it.each([
    new Error('plain'),
    Object.assign(new Error('with a code'), { code: 'GATE_CLOSED' }),
    { code: 'GATE_CLOSED', message: 'no error at all' },
    undefined,
    'text',
  ])('is not %j', (value) => {
    expect(isHarmonyError(value)).toBe(false);
  });
});
