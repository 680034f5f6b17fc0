import { defineContract } from '@harmony/contract';
import type { Json } from '@harmony/schema';
import { generate, seeded } from '@harmony/schema/sample';
import { validator } from '@harmony/schema/validator';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { evaluate } from '../testing/evaluate.ts';
import { gateStates } from './gate.ts';
import { STATE } from '@harmony/artifact';

const payload = z.object({
  account: z.object({ id: z.string().regex(/^\d{12}$/), name: z.string().nullable().optional() }),
  tier: z.enum(['small', 'large 100 %}']),
  count: z.int().min(1).max(9).optional(),
  when: z.iso.datetime({ offset: true }),
  tags: z.array(z.string()).optional(),
  either: z.union([z.string(), z.number()]).optional(),
});
const { document } = defineContract({
  ...{ name: 'any', payload, configuration: z.strictObject({}), output: z.object({}) },
  examples: [
    {
      payload: { account: { id: '012345678901' }, tier: 'small', when: '2026-01-01T00:00:00Z' },
      configuration: {},
    },
  ],
});
const good = { account: { id: '012345678901' }, tier: 'small', when: '2026-01-01T00:00:00Z' };

const plan = { entries: [], policies: [[]], conditions: new Map(), moments: [], waves: 1 };
const states = gateStates(plan, document.payload);
const debug = { skipDelays: false, only: null, disable: [] };

/** What *Invalid input* says of a payload; '' where the gate lets it through. */
async function said(value: unknown): Promise<string> {
  const input = { payload: value, orchestration: { targets: [], debug } };
  return String(await evaluate(states[STATE.invalidInput]?.['Cause'], { input }));
}

test.each<[string, object, string]>([
  ['a missing field', { tier: undefined }, 'payload.tier: is missing'],
  ['a missing field below', { account: {} }, 'payload.account.id: is missing'],
  ['a wrong type', { account: 'x' }, 'payload.account: expected an object'],
  ['a wrong type below', { account: { id: 1 } }, 'payload.account.id: expected a text'],
  ['no such value', { tier: 'huge' }, 'payload.tier: expected one of small, large 100 %}'],
  ['no whole number', { count: 1.5 }, 'payload.count: expected a whole number'],
  ['too small', { count: 0 }, 'payload.count: expected 1 or more'],
  ['too large', { count: 10 }, 'payload.count: expected 9 or less'],
  ['another pattern', { account: { id: '12' } }, 'payload.account.id: expected a text like'],
  ['no list', { tags: 'a' }, 'payload.tags: expected a list'],
  ['null', { when: null }, 'payload.when: expected a text'],
  ['neither', { either: true }, 'payload.either: expected a text or a number'],
])('%s is named', async (_, change, problem) => {
  expect(await said({ ...good, ...change })).toContain(problem);
});

test('all that is wrong is named at once', async () => {
  expect(await said({ account: {}, count: 0 })).toBe(
    'payload.account.id: is missing; payload.tier: is missing; payload.count: expected 1 or more; payload.when: is missing',
  );
});

test('what the contract accepts is let through', async () => {
  const accepts = validator(document.payload);
  expect(await said(good)).toBe('');
  expect(await said({ ...good, tier: 'large 100 %}', more: 1, tags: ['one'] })).toBe('');
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const value = generate(document.payload)(seeded(seed)) as Json;
      if (accepts(value)) expect([value, await said(value)]).toEqual([value, '']);
    }),
    { numRuns: 100 },
  );
});
