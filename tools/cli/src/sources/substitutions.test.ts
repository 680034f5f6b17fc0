import { describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { readSubstitutions, substitute } from './substitutions.ts';

describe('the substitutions of a definition', () => {
  it('are replaced by what is given, and by stand-ins that fit where nothing is', () => {
    const text = '{ "A": ${A}, "TimeoutSeconds": ${B},\n "T": "${AWS::Region} ${C}", "D": ${D} }';
    const { text: replaced, undefined: missing } = substitute(text, { A: '7' });
    expect(replaced).toBe(
      '{ "A": 7, "TimeoutSeconds": 1,\n "T": "us-east-1 stand-in--C", "D": "stand-in--D" }',
    );
    expect(missing.map(({ name, line, column }) => [name, line, column])).toEqual([
      ['B', 1, 32],
      ['C', 2, 23],
      ['D', 2, 35],
    ]);
  });

  it('may have names that JavaScript keeps', async () => {
    const names = ['constructor', '__proto__', 'toString'];
    const text = `[${names.map((name) => `"\${${name}}"`).join()}]`;
    expect(substitute(text, {}).undefined.map(({ name }) => name)).toEqual(names);
    const given = await readSubstitutions(
      names.map((name) => `${name}=v`),
      { cwd: '/' } as Io,
    );
    expect(substitute(text, given)).toEqual({ text: '["v","v","v"]', undefined: [] });
  });

  it('may be as many as a text has room for, in one line too', () => {
    const many = 200_000;
    expect(substitute('"${a}",'.repeat(many), {}).undefined).toHaveLength(many);
  });
});
