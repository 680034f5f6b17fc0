import { type Contract, defineContract } from '@harmony/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOrchestration } from '../define-orchestration.ts';
import { target } from '../target.ts';
import { draftOrchestration } from './draft-orchestration.ts';
import { draftTarget } from './draft-target.ts';

const child = <P extends z.ZodObject, C extends z.ZodObject>(
  name: string,
  payload: P,
  configuration: C,
  example: { payload: z.input<P>; configuration: z.input<C> },
): Contract =>
  defineContract({
    ...{ name, payload, configuration, output: z.object({}) },
    examples: [example],
  }) as unknown as Contract;

const none = z.strictObject({});
const keys = child(
  'keys',
  z.object({ account: z.string() }),
  z.strictObject({
    prefix: z.string(),
    limits: z.strictObject({ most: z.int(), least: z.int().optional() }),
    note: z.string().optional(),
  }),
  {
    payload: { account: 'a' },
    configuration: { prefix: 'x', limits: { most: 9, least: 1 }, note: 'n' },
  },
);
const regions = child('regions', z.object({ region: z.string().max(9) }), none, {
  payload: { region: 'eu' },
  configuration: {},
});
const anyRegion = child('any-region', z.object({ region: z.string() }), none, {
  payload: { region: 'us' },
  configuration: {},
});
const numbered = child('numbered', z.object({ region: z.number() }), none, {
  payload: { region: 1 },
  configuration: {},
});
const start = defineOrchestration({
  name: 'start',
  payload: z.object({ account: z.string() }),
  targets: [
    target(keys, { id: 'first', configuration: { prefix: 'a', limits: { most: 1 } } as never }),
  ],
});

describe('a drafted target', () => {
  it('has what the contract requires, at every depth, from its first example', () => {
    expect(draftTarget(start, keys, 'second')).toEqual({
      configuration: { prefix: 'x', limits: { most: 9 } },
      optional: ['note'],
    });
  });

  it('is refused where the payload lacks what the child reads, by the field', () => {
    expect(draftTarget(start, regions, 'second')).toEqual({
      refused: expect.stringMatching(/^payload\.region: .*for regions\.$/) as string,
    });
  });

  it('is refused by a rule of the orchestration, in its words', () => {
    expect(draftTarget(start, keys, 'first')).toEqual({
      refused: expect.stringContaining('first') as string,
    });
  });
});

describe('a drafted orchestration', () => {
  it('lays the payloads over one another so that each child is served', () => {
    expect(draftOrchestration('both', [regions, anyRegion])).toEqual({
      order: [1, 0],
      configurations: [{}, {}],
      example: { region: 'eu' },
    });
    expect(draftOrchestration('both', [keys, anyRegion])).toMatchObject({
      order: [0, 1],
      example: { account: 'a', region: 'us' },
    });
  });

  it('is refused where no payload serves all of them', () => {
    expect(draftOrchestration('both', [regions, numbered])).toEqual({
      refused: expect.stringContaining('payload.region') as string,
    });
  });
});
