import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeployEvent, executePlan } from './execute-plan.ts';
import type { PlannedStack, StagePlan } from './plan.ts';

const stack = (name: string, uses?: readonly string[]): PlannedStack => ({
  name,
  selector: `prod/${name}`,
  kind: uses === undefined ? 'child' : 'orchestrator',
  ...{ uses: uses ?? [], after: uses ?? [], differs: [], because: [] },
});

const plan: StagePlan = {
  stage: 'prod',
  waves: [
    [stack('audit'), stack('billing'), stack('tags')],
    [stack('nightly', ['audit']), stack('review', ['billing', 'audit', 'untouched'])],
  ],
  unaffected: ['untouched'],
};

const run = async (failing: readonly string[], concurrency = 2, of = plan) => {
  const events: DeployEvent[] = [];
  const outcomes = await executePlan({
    plan: of,
    concurrency,
    deploy: async ({ name }) => {
      await Promise.resolve();
      if (failing.includes(name)) throw new Error(`${name} broke`);
    },
    onEvent: (event) => events.push(event),
  });
  return {
    outcomes,
    events,
    status: Object.fromEntries(outcomes.map((o) => [o.stack.name, o.status])),
  };
};

describe('carrying a plan out', () => {
  it('deploys every stack, each orchestrator after all children', async () => {
    const { status, events } = await run([]);
    expect(new Set(Object.values(status))).toEqual(new Set(['deployed']));
    const order = events.map((event) =>
      event.type === 'STACK_ENDED'
        ? `end ${event.outcome.stack.name}`
        : `start ${event.stack.name}`,
    );
    const lastChild = Math.max(
      ...['audit', 'billing', 'tags'].map((name) => order.indexOf(`end ${name}`)),
    );
    expect(order.indexOf('start nightly')).toBeGreaterThan(lastChild);
    expect(order.indexOf('start review')).toBeGreaterThan(lastChild);
  });

  it('a child that fails stops the orchestrators that start it and nothing else', async () => {
    const { status, outcomes } = await run(['billing']);
    expect(status).toEqual({
      audit: 'deployed',
      billing: 'failed',
      tags: 'deployed',
      nightly: 'deployed',
      review: 'blocked',
    });
    expect(outcomes).toContainEqual(
      expect.objectContaining({ status: 'failed', reason: 'billing broke' }),
    );
    expect(outcomes).toContainEqual(
      expect.objectContaining({ status: 'blocked', by: ['billing'] }),
    );
  });

  it('an orchestrator that fails leaves the other one alone', async () => {
    expect((await run(['nightly'])).status).toMatchObject({
      nightly: 'failed',
      review: 'deployed',
    });
  });

  it('what uses a failed stack through another is blocked too, that other planned or not', async () => {
    const outer = { ...stack('outer', ['inner']), after: ['billing'] };
    const deep: StagePlan = { ...plan, waves: [[stack('billing')], [outer]] };
    expect((await run(['billing'], 2, deep)).status).toEqual({
      billing: 'failed',
      outer: 'blocked',
    });
    const inner = stack('inner', ['billing']);
    const all = { ...outer, after: ['billing', 'inner'] };
    const whole: StagePlan = {
      ...plan,
      waves: [[stack('billing'), stack('tags')], [inner], [all]],
    };
    const { status, outcomes } = await run(['billing'], 2, whole);
    expect(status).toEqual({
      billing: 'failed',
      tags: 'deployed',
      inner: 'blocked',
      outer: 'blocked',
    });
    expect(outcomes.at(-1)).toMatchObject({ by: ['billing', 'inner'] });
  });

  it('starts as many at once as it may, and no more', async () => {
    for (const concurrency of [1, 2, 3]) {
      let running = 0;
      let most = 0;
      await executePlan({
        plan,
        concurrency,
        deploy: async () => {
          most = Math.max(most, (running += 1));
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        },
      });
      expect(most).toBe(concurrency);
    }
  });

  it('starts nothing more once interrupted', async () => {
    const interrupted = new AbortController();
    const outcomes = await executePlan({
      plan,
      concurrency: 1,
      signal: interrupted.signal,
      deploy: () => {
        interrupted.abort();
        return Promise.resolve();
      },
    });
    expect(outcomes.map(({ status }) => status)).toEqual([
      'deployed',
      ...Array.from({ length: 4 }, () => 'not started'),
    ]);
  });

  it('in general: a stack is blocked exactly when a planned child of it failed', async () => {
    const children = ['a', 'b', 'c', 'd'];
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(children),
        fc.subarray(children),
        fc.array(fc.subarray(children), { maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        async (planned, failing, uses, concurrency) => {
          const waves = [
            planned.map((name) => stack(name)),
            uses.map((used, index) => stack(`orchestrator-${index}`, used)),
          ];
          const { status } = await run(failing, concurrency, {
            stage: 'prod',
            waves,
            unaffected: [],
          });
          for (const name of planned) {
            expect(status[name]).toBe(failing.includes(name) ? 'failed' : 'deployed');
          }
          uses.forEach((used, index) => {
            const blocked = used.some((name) => planned.includes(name) && failing.includes(name));
            expect(status[`orchestrator-${index}`]).toBe(blocked ? 'blocked' : 'deployed');
          });
        },
      ),
    );
  });
});
