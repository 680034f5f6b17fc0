import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineOrchestration, outputOf, target } from './index.ts';
import type { Orchestration, Target } from './index.ts';
import { probe, probePayload, runOrchestration } from './testing/run.ts';
import type { RunOptions } from './testing/run.ts';

/** The table in docs/orchestration.md is what users plan with: each row is held to histories. */

interface Cost {
  readonly transitions: number;
  readonly events: number;
}

const text = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'orchestration.md'),
  'utf8',
);
const table = new Map(
  Array.from(
    text.matchAll(/^\| (.+?) +\| (-?\d+) +\| (-?\d+) +\|$/gm),
    ([, what = '', transitions, events]): [string, Cost] => [
      what,
      { transitions: Number(transitions), events: Number(events) },
    ],
  ),
);
const row = (start: string): Cost => {
  const found = [...table].find(([what]) => what.startsWith(start));
  if (found === undefined) throw new Error(`no row of the table begins with ${start}`);
  return found[1];
};

const add = (a: Cost, b: Cost): Cost => ({
  transitions: a.transitions + b.transitions,
  events: a.events + b.events,
});

type Policies = Partial<Pick<Orchestration, 'onTargetFailure' | 'maxConcurrency'>>;
type Targets = readonly Target<typeof probe>[];

const one = (
  id: string,
  options: Partial<Omit<Target<typeof probe>, 'id' | 'contract' | 'child'>> = {},
) => target(probe, { id, configuration: {}, ...options });

/** What a run of these targets leaves in the history that the engine records. */
function cost(targets: Targets, policies: Policies = {}, options: RunOptions = {}): Promise<Cost> {
  return costOf(
    defineOrchestration({ name: 'review', payload: probePayload, targets, ...policies }),
    options,
  );
}

async function costOf(orchestration: Orchestration, options: RunOptions = {}): Promise<Cost> {
  const { events } = await runOrchestration(orchestration, options);
  const count = (type: RegExp) => events.filter((event) => type.test(event.type)).length;
  // The history has no event of its own for an attempt that is repeated, which is charged as a
  // transition all the same: https://aws.amazon.com/step-functions/pricing/
  const repeated = count(/^TaskScheduled$/) - count(/^TaskStateEntered$/);
  return { transitions: count(/StateEntered$/) + repeated, events: events.length };
}

/** What `after` costs more than `before`. */
async function more(
  before: Parameters<typeof cost>,
  after: Parameters<typeof cost>,
): Promise<Cost> {
  const [less, all] = [await cost(...before), await cost(...after)];
  return { transitions: all.transitions - less.transitions, events: all.events - less.events };
}

const POLICIES = ['abort', 'failAtEnd', 'continue'] as const;
const failing = { configuration: { fail: 'on purpose' } };
const again = { attempts: 2, errors: ['States.TaskFailed'] };

/** By row, what must each cost what the row says. */
const measured: Readonly<Record<string, readonly (() => Promise<Cost>)[]>> = {
  'a run without targets, `failAtEnd`': [() => cost([], { onTargetFailure: 'failAtEnd' })],
  'the same with `abort` or `continue`': [
    () => cost([], { onTargetFailure: 'abort' }),
    () => cost([], { onTargetFailure: 'continue' }),
  ],
  'each wave after the first': [
    () => more([[one('a'), one('b')]], [[one('a'), one('b', { dependsOn: ['a'] })]]),
    () =>
      more(
        [[one('a'), one('b', { dependsOn: ['a'] }), one('c')]],
        [[one('a'), one('b', { dependsOn: ['a'] }), one('c', { dependsOn: ['b'] })]],
      ),
  ],
  'a target that runs (_Skip, delay or execute_, _Execute_)': [
    ...POLICIES.map(
      (onTargetFailure) => () => more([[], { onTargetFailure }], [[one('a')], { onTargetFailure }]),
    ),
    () => more([[one('a'), one('b')]], [[one('a'), one('b'), one('c')]]),
  ],
  'its delay (_Delay_ or _Delay until_)': [
    () => more([[one('a')]], [[one('a', { delay: 60 })]]),
    () => more([[one('a')]], [[one('a', { delay: { until: 'from' } })]]),
  ],
  'its failure, recorded (_Record failure_; not with `abort`)': [
    () =>
      more(
        [[one('a')], { onTargetFailure: 'continue' }],
        [[one('a', failing)], { onTargetFailure: 'continue' }],
      ),
    () =>
      more(
        [[one('a', failing), one('b')], { onTargetFailure: 'failAtEnd' }],
        [[one('a', failing), one('b', failing)], { onTargetFailure: 'failAtEnd' }],
      ),
  ],
  "a Cause that isn't JSON, besides (_Record text_)": [
    async () => {
      const refused = { times: 9, error: 'StepFunctions.ThrottlingException' };
      const once = { retry: { attempts: 1 } };
      const all = await more(
        [[one('a')], { onTargetFailure: 'continue' }],
        [[one('a', once)], { onTargetFailure: 'continue' }, { throttles: { a: refused } }],
      );
      const recorded = row('its failure, recorded');
      return {
        transitions: all.transitions - recorded.transitions,
        // A start that is refused has no TaskSubmitted.
        events: all.events - recorded.events + 1,
      };
    },
  ],
  'a `failAtEnd` run that ends in _Targets failed_': [
    async () => {
      const { transitions, events } = await more([[one('a')]], [[one('a', failing)]]);
      const recorded = row('its failure, recorded');
      return {
        transitions: transitions - recorded.transitions,
        events: events - recorded.events,
      };
    },
  ],
  'a start that is refused and tried again': [
    () =>
      more(
        [[one('a')]],
        [
          [one('a')],
          {},
          { throttles: { a: { times: 1, error: 'StepFunctions.ThrottlingException' } } },
        ],
      ),
  ],
  'a child that fails and is started again': [
    () => more([[one('a', failing)]], [[one('a', { ...failing, retry: again })]]),
  ],
  'a target that is left out (_Skip_ or _Blocked_)': [
    () => more([[]], [[one('off', { disableTarget: true })]]),
    () => more([[]], [[one('unmet', { when: "kind = 'farm'" })]]),
    async () => {
      const off = one('off', { disableTarget: true });
      const blocked = await more([[off]], [[off, one('waits', { dependsOn: ['off'] })]]);
      const wave = row('each wave after');
      return {
        transitions: blocked.transitions - wave.transitions,
        events: blocked.events - wave.events,
      };
    },
  ],
  'the check of the payload before anything starts': [
    async () => {
      const unchecked = defineOrchestration({ name: 'review', payload: z.object({}), targets: [] });
      const [less, all] = [await costOf(unchecked), await cost([])];
      return { transitions: all.transitions - less.transitions, events: all.events - less.events };
    },
  ],
  '`when`, `retry`, `timeout`, `keepOutput`, `outputOf`, `maxConcurrency`': [
    () => more([[one('a')]], [[one('a', { when: "account = '1'" })]]),
    () => more([[one('a'), one('b')]], [[one('a'), one('b', { retry: again })]]),
    () => more([[one('a')]], [[one('a', { timeout: 30 })]]),
    () => more([[one('a')]], [[one('a', { keepOutput: true })]]),
    () =>
      more(
        [[one('a'), one('b', { dependsOn: ['a'] })]],
        [[one('a'), one('b', { configuration: { link: outputOf(probe, 'a').link } })]],
      ),
    () => more([[one('a'), one('b')]], [[one('a'), one('b')], { maxConcurrency: 1 }]),
  ],
};

describe('the table of costs in docs/orchestration.md', () => {
  test('has the rows that are checked here, and no other', () => {
    expect([...table.keys()].sort()).toEqual(Object.keys(measured).sort());
  });

  test.each(Object.entries(measured))('%s', async (what, runs) => {
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) expect(await run()).toEqual(table.get(what));
  });

  test('adds up to the cost of a run that has all of it', async () => {
    const targets = [
      one('a'),
      one('bad', { ...failing, delay: 5 }),
      one('off', { disableTarget: true }),
      one('waits', { dependsOn: ['bad'] }),
      one('again', { ...failing, retry: again, dependsOn: ['a'] }),
    ];
    const rows = [
      'a run without targets',
      ...['each wave after', 'a `failAtEnd` run that ends'],
      ...['a target that runs', 'a target that runs', 'a target that runs'],
      ...['its delay', 'its failure', 'its failure', 'a child that fails'],
      ...['a target that is left out', 'a target that is left out'],
    ];
    expect(await cost(targets)).toEqual(rows.map(row).reduce(add));
  });
});
