import { describe, expect, it } from 'vitest';
import { assertId, assertName } from './names.ts';

describe('the name of a child workflow', () => {
  it.each(['billing-alerts', 'a1', 'x', 'construct-site'])('may be %s', (name) => {
    expect(() => assertName('the child workflow', name)).not.toThrow();
  });

  it.each([
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'has-own-property'],
    ...['to-string', 'value-of', 'class', 'await', 'construct', 'Billing', 'a--b', '', '../x'],
    ...['a/b', 'a'.repeat(64)],
  ])('is not %j', (name) => {
    const problem = expect(() => assertName('the child workflow', name));
    problem.toThrow(`the child workflow ${JSON.stringify(name)} `);
  });
});

it('the id of a target is no identifier, and may be what JavaScript keeps', () => {
  expect(() => assertId('constructor')).not.toThrow();
  expect(() => assertId('__proto__')).toThrow('may hold only letters');
});
