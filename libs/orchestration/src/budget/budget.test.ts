import { readOrchestrator, STATE } from '@harmony/artifact';
import * as z from 'zod';
import { defineContract } from '@harmony/contract';
import { describe, expect, test } from 'vitest';
import { defineOrchestration, target } from '../index.ts';
import type { Target } from '../index.ts';
import { renderOrchestrator } from '../render/render-orchestrator.ts';
import { stateMachineArn } from '../testing/children.ts';
import { probe, probePayload, runOrchestration } from '../testing/run.ts';
import type { TargetRun } from './index.ts';
import { budgetOf, runCost } from './index.ts';

type ProbeTarget = Target<typeof probe>;

const many = (
  count: number,
  configuration: (index: number) => object = () => ({}),
): readonly ProbeTarget[] =>
  Array.from({ length: count }, (_, index) =>
    target(probe, {
      id: `t${String(index).padStart(4, '0')}`,
      configuration: configuration(index),
    }),
  );
const define = (targets: readonly ProbeTarget[], onTargetFailure?: 'continue') =>
  defineOrchestration({
    name: 'review',
    payload: probePayload,
    targets,
    ...(onTargetFailure === undefined ? {} : { onTargetFailure }),
  });
const budget = (targets: readonly ProbeTarget[]) => {
  const orchestration = define(targets);
  return budgetOf({
    definition: renderOrchestrator(orchestration, { debug: {}, stateMachineArn }),
    payload: orchestration.document.payload,
    outputOf: () => probe.document.output,
  });
};

describe('events and transitions are those the engine records', () => {
  test.each([
    ['failAtEnd', undefined],
    ['continue', 'continue' as const],
  ])('%s', async (_, onTargetFailure) => {
    for (const fails of [false, true]) {
      const orchestration = define(
        [
          ...many(2),
          target(probe, { id: 'delayed', configuration: {}, delay: 60 }),
          target(probe, { id: 'off', configuration: {}, disableTarget: true }),
          target(probe, { id: 'until', configuration: {}, delay: { until: 'from' } }),
          target(probe, { id: 'own', configuration: {}, retry: { attempts: 2 } }),
          target(probe, { id: 'bad', configuration: fails ? { fail: 'x' } : {} }),
          target(probe, { id: 'after', configuration: {}, dependsOn: ['bad'] }),
        ],
        onTargetFailure,
      );
      const ran = await runOrchestration(orchestration);
      const runs = ran.outcomes.map(({ id, status }): TargetRun => ({
        ends: status === 'SUCCEEDED' ? 'succeeded' : status === 'FAILED' ? 'failed' : 'left out',
        delayed: ['delayed', 'until'].includes(id),
      }));
      const entered = ran.events.filter(({ type }) => type.endsWith('StateEntered'));
      expect(runCost(readOrchestrator(ran.definition), runs)).toEqual({
        events: ran.events.length,
        transitions: entered.length,
      });
      if (fails) continue;
      const { typical } = budgetOf({
        definition: ran.definition,
        payload: orchestration.document.payload,
      });
      expect(typical).toMatchObject({ events: ran.events.length, transitions: entered.length });
      expect(typical.usd).toBeCloseTo((entered.length * 0.025) / 1000, 12);
    }
  });

  test('an orchestration without targets', async () => {
    const ran = await runOrchestration(define([]));
    expect(runCost(readOrchestrator(ran.definition), []).events).toBe(ran.events.length);
  });

  test('the worst case is what a run of failures with all their attempts leaves', async () => {
    const orchestration = define([
      target(probe, { id: 'a', configuration: { fail: 'x' }, delay: 5 }),
      target(probe, { id: 'b', configuration: { fail: 'x' } }),
    ]);
    const throttle = { times: 3, error: 'StepFunctions.ExecutionLimitExceeded' };
    const ran = await runOrchestration(orchestration, { throttles: { a: throttle, b: throttle } });
    const { worst } = budgetOf({
      definition: ran.definition,
      payload: orchestration.document.payload,
    });
    // The worst has Causes that cannot be read: two events and a transition more for each.
    expect(worst.events).toBe(ran.events.length + 2 * 2);
    const entered = ran.events.filter(({ type }) => type.endsWith('StateEntered'));
    expect(worst.transitions).toBe(entered.length + 6 + 2);
  });
});

test('a child that fails and is started again leaves four more events and a transition', async () => {
  const run = async (attempts: number) => {
    const retry = { attempts, interval: 1, errors: ['States.TaskFailed'] };
    const orchestration = define([target(probe, { id: 'a', configuration: { fail: 'x' }, retry })]);
    const { definition, events } = await runOrchestration(orchestration);
    return { definition, events: events.length };
  };
  const [once, thrice] = [await run(1), await run(3)];
  expect(thrice.events - once.events).toBe(2 * 4);
  const worst: TargetRun = { ends: 'failed', delayed: false, retries: { count: 2, events: 4 } };
  expect(runCost(readOrchestrator(thrice.definition), [worst]).events).toBe(thrice.events);
});

describe('limits', () => {
  const codes = (findings: readonly { severity: string; code: string }[]) =>
    findings.map(({ severity, code }) => `${severity} ${code}`);

  test('a small list is well below all of them', () => {
    expect(budget(many(10)).findings).toEqual([]);
  });

  test('a thousand small targets fit, near two limits', () => {
    const { findings } = budget(many(1000));
    expect(findings.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
    expect(codes(findings)).toContain('WARNING EVENTS');
  });

  test('a thousand large configurations do not, and the message names list and largest', () => {
    const { findings, largestState } = budget(
      many(1000, (index) => ({ value: 'x'.repeat(index === 7 ? 900 : 500) })),
    );
    expect(codes(findings)).toContain('ERROR STATE_BYTES');
    expect(largestState.state).toBe(STATE.run);
    const { message = '' } = findings.find(({ code }) => code === 'STATE_BYTES') ?? {};
    expect(message).toContain('the data of "Run targets" may have (targets ');
    expect(message).toContain('the target list is to blame (largest configurations: t0007 912, ');
  });

  test('too many targets are too many events, and leave no room for their outcomes', () => {
    const { findings } = budget(many(2500));
    expect(codes(findings)).toEqual(
      expect.arrayContaining(['ERROR EVENTS', 'ERROR STATE_BYTES', 'ERROR OUTCOMES']),
    );
    expect(findings.find(({ code }) => code === 'EVENTS')?.message).toMatch(
      /2500 targets may leave [\d,]+ history events of 25,000: divide the targets/,
    );
  });

  test('what the payload is checked for counts, and what there is no room for is told', () => {
    const checked = (fields: number) => {
      const names = Array.from({ length: fields }, (_, index) => [`field${index}`, z.string()]);
      const orchestration = defineOrchestration({
        name: 'review',
        payload: z.object(Object.fromEntries(names) as Record<string, z.ZodString>),
        targets: [],
      });
      const definition = renderOrchestrator(orchestration, { debug: {}, stateMachineArn });
      const { payload } = orchestration.document;
      return { ...budgetOf({ definition, payload }), bytes: JSON.stringify(definition).length };
    };
    const [none, two, three] = [checked(0), checked(2), checked(3)];
    expect(none.payloadChecks).toEqual({ used: 0, limit: 16_000 });
    const more = three.payloadChecks.used - two.payloadChecks.used;
    expect(more).toBeGreaterThan(0);
    // They stand in the definition twice, in which quotes and line breaks have two characters.
    expect(three.bytes - two.bytes).toBeGreaterThanOrEqual(2 * more);
    expect(three.bytes - two.bytes).toBeLessThan(3 * more);
    const many = checked(200);
    expect(many.payloadChecks.used).toBeLessThanOrEqual(16_000);
    expect(codes(many.findings)).toEqual(['WARNING PAYLOAD_CHECKS']);
    expect(many.findings[0]?.message).toContain('more than 16,000 characters of checks');
  });

  test('kept outputs count at their schema’s bound', () => {
    const bulky = defineContract({
      name: 'bulky',
      payload: z.object({}),
      configuration: z.strictObject({}),
      output: z.object({ text: z.string().max(20_000) }),
      examples: [{ payload: {}, configuration: {} }],
    });
    const orchestration = defineOrchestration({
      name: 'review',
      payload: z.object({}),
      targets: ['a', 'b', 'c', 'd'].map((id) =>
        target(bulky, { id, configuration: {}, keepOutput: true }),
      ),
    });
    const { findings } = budgetOf({
      definition: renderOrchestrator(orchestration, { debug: {}, stateMachineArn }),
      payload: orchestration.document.payload,
      outputOf: () => bulky.document.output,
    });
    expect(codes(findings)).toEqual(['ERROR STATE_BYTES']);
    expect(findings[0]?.message).toContain('the outputs that keepOutput and outputOf keep');
  });

  test('a definition that is no orchestrator’s is refused', () => {
    expect(() => budgetOf({ definition: { States: {} }, payload: true })).toThrow(
      'not a rendered orchestrator',
    );
  });
});

test.each([
  [800, 'Own.Error'],
  // Reading so many Causes could exceed 25,000 events: the history alone has the child's error.
  [1000, 'States.TaskFailed'],
])('all %d may fail, and every outcome is there', async (count, error) => {
  const targets = many(count, () => ({ fail: 'it was to fail' }));
  const { result, outcomes } = await runOrchestration(define(targets, 'continue'));
  expect(result.status).toBe('SUCCEEDED');
  const output = result.output as { outcomes: { error: string }[]; counts: { FAILED: number } };
  expect(output.counts.FAILED).toBe(count);
  expect(new Set(output.outcomes.map((outcome) => outcome.error))).toEqual(new Set([error]));
  expect(outcomes.at(-1)).toMatchObject({ status: 'FAILED', cause: 'it was to fail' });
});
