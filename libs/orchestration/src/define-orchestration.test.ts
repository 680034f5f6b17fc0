import { defineContract } from '@harmony/contract';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { defineOrchestration, OrchestrationError, target } from './index.ts';
import type { Orchestration } from './index.ts';
import { billing, echo, payload } from './testing/children.ts';

const one = target(billing, { id: 'billing-eu', configuration: { thresholds: [80] } });

function issuesOf(define: () => unknown): string[] {
  try {
    define();
  } catch (error) {
    if (error instanceof OrchestrationError) {
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
  return [];
}

/** As JavaScript, or data from elsewhere, would call it. */
const define = (change: object) =>
  issuesOf(() => defineOrchestration({ name: 'review', payload, targets: [one], ...change }));

describe('types', () => {
  test('a configuration of the wrong shape does not compile', () => {
    // @ts-expect-error thresholds are numbers
    target(billing, { id: 'a', configuration: { thresholds: ['80'] } });
    // @ts-expect-error thresholds are missing
    target(billing, { id: 'a', configuration: {} });
    // @ts-expect-error basis is an enumeration
    target(billing, { id: 'a', configuration: { thresholds: [80], basis: 'guess' } });
    // @ts-expect-error the schema is strict
    target(billing, { id: 'a', configuration: { thresholds: [80], limit: 3 } });
    expectTypeOf(one.id).toEqualTypeOf<'billing-eu'>();
    expectTypeOf(one.child).toEqualTypeOf<'billing'>();
  });

  test('an orchestration whose payload lacks what a child needs does not compile', () => {
    const lacking = z.object({ account: z.string() });
    // @ts-expect-error 'payload.period: not sent as "billing" needs it'
    defineOrchestration({ name: 'review', payload: lacking, targets: [one] });

    const optional = payload.partial({ account: true });
    // @ts-expect-error 'payload.account: not sent …': it may be missing
    defineOrchestration({ name: 'review', payload: optional, targets: [one] });

    const defaulted = payload.extend({ account: z.string().default('1') });
    // @ts-expect-error nothing between trigger and child applies the default
    defineOrchestration({ name: 'review', payload: defaulted, targets: [one] });

    const deep = payload.extend({ period: z.object({ end: z.string() }) });
    // @ts-expect-error 'payload.period: not sent …': its start is missing
    defineOrchestration({ name: 'review', payload: deep, targets: [one] });

    const mistyped = payload.extend({ account: z.number() });
    // @ts-expect-error 'payload.account: not sent …': a number
    defineOrchestration({ name: 'review', payload: mistyped, targets: [one] });

    const loose = defineContract({
      name: 'loose',
      payload: z.looseObject({ account: z.string() }),
      configuration: z.strictObject({}),
      output: z.unknown(),
      examples: [{ payload: { account: '1' }, configuration: {} }],
    });
    const other = z.object({ period: z.string() });
    const open = target(loose, { id: 'loose', configuration: {} });
    // @ts-expect-error 'payload.account: not sent …', though the child takes any other field
    defineOrchestration({ name: 'review', payload: other, targets: [open] });
    defineOrchestration({ name: 'review', payload, targets: [open] });

    const many = ['a', 'b'].map((id) =>
      target(billing, { id, configuration: { thresholds: [1] } }),
    );
    // @ts-expect-error a list made by code is checked as well
    defineOrchestration({ name: 'review', payload: lacking, targets: many });
    expectTypeOf(defineOrchestration({ name: 'review', payload, targets: many })).toEqualTypeOf<
      Orchestration<typeof payload>
    >();
  });

  test('a payload may hold more than its children need, and lack what they may do without', () => {
    const mixed = [one, target(echo, { id: 'echo', configuration: {} })] as const;
    expect(defineOrchestration({ name: 'review', payload, targets: mixed }).targets).toHaveLength(
      2,
    );
  });
});

describe('definition', () => {
  test('keeps configurations as written: the child applies its own defaults', () => {
    const { targets } = defineOrchestration({ name: 'review', payload, targets: [one] });
    expect(targets[0]?.configuration).toEqual({ thresholds: [80] });
  });

  test('is not changed by what happens to the objects it was made of', () => {
    const thresholds = [80];
    const own = target(billing, { id: 'a', configuration: { thresholds } });
    const { targets } = defineOrchestration({ name: 'review', payload, targets: [own] });
    thresholds.push(-1);
    expect(targets[0]?.configuration).toEqual({ thresholds: [80] });
  });

  test('defaults to failing at the end, without a bound on concurrency', () => {
    const { document, ...rest } = defineOrchestration({ name: 'review', payload, targets: [one] });
    expect(rest).toMatchObject({ maxConcurrency: 0, onTargetFailure: 'failAtEnd' });
    expect(document).toMatchObject({
      name: 'review',
      maxConcurrency: 0,
      onTargetFailure: 'failAtEnd',
      payload: { type: 'object', required: ['account', 'period'] },
    });
  });

  test('has a hash that changes with every setting of a target', () => {
    const hash = (change: object) =>
      defineOrchestration({ name: 'review', payload, targets: [{ ...one, ...change }] }).document
        .hash;
    const hashes = [
      hash({}),
      hash({ id: 'b' }),
      hash({ delay: 3 }),
      hash({ disableTarget: true }),
      hash({ configuration: { thresholds: [81] } }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hash({})).toBe(hashes[0]);
  });
});

describe('refusals name the path that the author wrote', () => {
  test('a configuration that the contract refuses', () => {
    const bad = { ...one, configuration: { thresholds: [80, 0], limit: 1 } };
    expect(define({ targets: [bad] })).toEqual([
      'targets["billing-eu"].configuration.thresholds[1]: too small: expected number to be >=1, got 0',
      'targets["billing-eu"].configuration.limit: unknown field: the schema is strict and does not name it',
    ]);
  });

  test('a configuration that is no JSON, where the schema would take anything', () => {
    const make = (value: unknown) => target(echo, { id: 'e', configuration: { value } });
    const path = 'targets["e"].configuration.value';
    expect(define({ targets: [make(() => 1)] })[0]).toContain(`${path}: function`);
    expect(define({ targets: [make(new Date(0))] })[0]).toContain(`${path}: an instance`);
    expect(define({ targets: [make({ a: [1, undefined] })] })[0]).toContain(`${path}.a[1]:`);
    expect(define({ targets: [make(NaN)] })[0]).toContain(`${path}: number NaN`);
    expect(define({ targets: [make({ a: null, b: ['x', 1, true, {}] })] })).toEqual([]);
  });

  test('two targets of one id', () => {
    expect(define({ targets: [one, one] })).toEqual([
      'targets[1].id: the id "billing-eu" is taken by targets[0]: ids name one target each',
    ]);
  });

  test.each([-1, 0.5, NaN, Infinity, 100_000_000, '60'])('the delay %j', (delay) => {
    const [issue] = define({ targets: [{ ...one, delay }] });
    expect(issue).toContain(
      'targets["billing-eu"].delay: expected whole seconds from 0 to 99999999',
    );
  });

  test('a delay of a year, which an execution does not live to see', () => {
    const timeout = 31_536_000;
    expect(define({ targets: [{ ...one, delay: 31_535_999 }], timeout })).toEqual([]);
    expect(define({ targets: [{ ...one, delay: 31_536_000 }] })[0]).toContain('one year');
  });

  test('bad and over-long ids and names', () => {
    expect(define({ targets: [{ ...one, id: 'a b' }] })[0]).toMatch(/^targets\[0\]\.id: "a b"/);
    expect(define({ targets: [{ ...one, id: 'a'.repeat(81) }] })[0]).toContain('81 characters');
    expect(define({ targets: [{ ...one, id: 'a'.repeat(80) }] })).toEqual([]);
    expect(define({ name: 'a'.repeat(64) })[0]).toMatch(/^name: .*64 characters, at most 63/);
  });

  test('policies that do not exist', () => {
    expect(define({ onTargetFailure: 'ignore' })[0]).toMatch(/^onTargetFailure: expected one of/);
    expect(define({ maxConcurrency: -1 })[0]).toMatch(/^maxConcurrency: /);
    expect(define({ maxConcurrency: 1.5 })[0]).toMatch(/^maxConcurrency: /);
  });

  test('a payload that JSON Schema cannot say', () => {
    const dated = payload.extend({ period: z.object({ start: z.string(), end: z.date() }) });
    expect(define({ payload: dated })[0]).toMatch(/^payload\.period\.end: .*z\.iso\.date/);
  });

  test('all at once', () => {
    expect(define({ name: '', targets: [{ ...one, delay: -1 }], maxConcurrency: -1 })).toHaveLength(
      3,
    );
  });
});
