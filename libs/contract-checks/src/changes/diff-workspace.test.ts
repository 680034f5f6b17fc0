import { defineContract, toJsonSchema } from '@harmony/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { CommitState } from '../snapshots/commit.ts';
import { diffWorkspace } from './diff-workspace.ts';
import { childPlace, orchestrationPlace } from '../snapshots/places.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { nextMajor } from './ways-out.ts';

const account = z.object({ id: z.string() });

function snapshot(
  changes: {
    name?: string;
    payload?: z.ZodObject;
    configuration?: z.ZodType;
    output?: z.ZodType;
  } = {},
): Snapshot {
  const { name = 'audit', ...schemas } = changes;
  const { document } = defineContract({
    name,
    payload: z.object({ account }),
    configuration: z.strictObject({ days: z.int().min(1).max(90), note: z.string().optional() }),
    output: z.object({ findings: z.int() }),
    ...schemas,
    examples: [
      {
        payload: { account: { id: '1' }, region: 'x', tier: 'a' },
        configuration: { days: 1 } as object,
      },
    ],
  });
  return { ...childPlace(name), document, targets: [] };
}

/** An orchestration that runs `audit` once per configuration, or another child. */
function orchestration(
  configurations: Record<string, object>,
  payload: z.ZodObject = z.object({ account }),
  name = 'review',
  child = 'audit',
): Snapshot {
  const targets = Object.entries(configurations).map(([id, configuration]) => ({
    ...{ id, child, configuration },
  }));
  const document = {
    ...{ name, hash: name, payload: toJsonSchema(payload, 'input') },
    configuration: { type: 'object', additionalProperties: false },
    output: {
      type: 'object',
      properties: { outcomes: { type: 'array', maxItems: targets.length } },
    },
  };
  return { ...orchestrationPlace(name), document, targets };
}

const commit = (...contracts: Snapshot[]): CommitState => ({
  ...{ contracts, missing: [], sourcesUnchanged: false },
});
const tree = (...contracts: Snapshot[]) => ({ contracts, missing: [], stale: [] });

const both = orchestration({ fresh: { days: 30 }, old: { days: 90 } });
/** The orchestrations are as they were: only children change. */
const compare = (next: Snapshot[], caller: Snapshot = both) =>
  diffWorkspace(commit(snapshot(), caller), tree(...next, caller));

describe('diffWorkspace', () => {
  test('says nothing of a contract that only reads otherwise', () => {
    const described = z.strictObject({
      note: z.string().optional().describe('for people'),
      days: z.int().min(1).max(90),
    });
    expect(compare([snapshot({ configuration: described })])).toEqual({
      verdict: 'compatible',
      contracts: [],
    });
  });

  test('names the targets that a narrower configuration breaks, by id', () => {
    const next = snapshot({
      configuration: z.strictObject({ days: z.int().min(1).max(60), note: z.string().optional() }),
    });
    const { verdict, contracts } = compare([next]);
    expect(verdict).toBe('breaking');
    expect(contracts[0]?.changes).toContainEqual(
      expect.objectContaining({
        part: 'configuration',
        pointer: '/days',
        rule: 'maximum',
        counterexample: { days: 61 },
      }),
    );
    expect(contracts[0]?.targets).toEqual([
      expect.objectContaining({
        orchestrator: 'review',
        id: 'old',
        path: 'configuration.days',
      }),
    ]);
    expect(contracts[0]?.waysOut.join('\n')).toContain('audit-v2');
  });

  test('decides a new optional payload field by what the orchestrations send', () => {
    const next = snapshot({ payload: z.object({ account, region: z.string().optional() }) });
    expect(compare([next]).verdict).toBe('compatible');
    expect(compare([next]).contracts[0]?.changes[0]).toMatchObject({
      verdict: 'compatible',
      decidedBy: 'no payload of review sends what is refused',
    });
    const sends = orchestration({ fresh: { days: 30 } }, z.object({ account, region: z.number() }));
    expect(compare([next], sends).verdict).toBe('breaking');
    expect(compare([next], sends).contracts[0]?.targets).toContainEqual(
      expect.objectContaining({ id: 'fresh', path: 'payload.region' }),
    );
  });

  test('judges a payload strictly where nothing says what is sent', () => {
    const next = snapshot({ payload: z.object({ account, region: z.string().optional() }) });
    expect(diffWorkspace(commit(snapshot()), tree(next)).verdict).toBe('breaking');
    const lost = { ...commit(snapshot(), both), missing: [orchestrationPlace('other')] };
    const { contracts } = diffWorkspace(lost, tree(next, both));
    expect(contracts.find(({ name }) => name === 'audit')?.verdict).toBe('breaking');
  });

  test('refuses a required payload field that the orchestration does not send', () => {
    const next = snapshot({ payload: z.object({ account, tier: z.string() }) });
    const { contracts } = compare([next]);
    expect(contracts[0]).toMatchObject({ verdict: 'breaking' });
    expect(contracts[0]?.targets.map(({ id, path }) => [id, path])).toEqual([
      ['fresh', 'payload.tier'],
      ['old', 'payload.tier'],
    ]);
    expect(contracts[0]?.waysOut[0]).toContain('default');
  });

  test('accepts a field more in an output and refuses one less', () => {
    const more = snapshot({ output: z.object({ findings: z.int(), oldest: z.int() }) });
    expect(compare([more])).toMatchObject({
      verdict: 'compatible',
      contracts: [
        {
          changes: expect.arrayContaining([
            expect.objectContaining({ decidedBy: expect.any(String) as string }),
          ]) as object,
        },
      ],
    });
    expect(compare([snapshot({ output: z.object({ oldest: z.int() }) })]).verdict).toBe('breaking');
  });

  test('a new major version beside the old one is no breaking change', () => {
    const v2 = snapshot({ name: 'audit-v2', configuration: z.strictObject({ days: z.int() }) });
    expect(compare([snapshot(), v2])).toMatchObject({
      verdict: 'compatible',
      contracts: [{ name: 'audit-v2', status: 'added' }],
    });
  });

  test('a contract may go only when no target of the base runs it', () => {
    expect(compare([])).toMatchObject({ verdict: 'breaking', contracts: [{ status: 'removed' }] });
    const idle = orchestration({ other: {} }, z.object({ account }), 'review', 'another');
    expect(compare([], idle).verdict).toBe('compatible');
    const lost = { ...commit(snapshot()), missing: [orchestrationPlace('review')] };
    expect(diffWorkspace(lost, tree()).contracts).toContainEqual(
      expect.objectContaining({ name: 'audit', status: 'removed', verdict: 'unknown' }),
    );
  });

  test('counts major versions', () => {
    expect(['audit', 'audit-v2', 'audit-v9'].map(nextMajor)).toEqual([
      'audit-v2',
      'audit-v3',
      'audit-v10',
    ]);
  });
});

describe('diffWorkspace, of a child and its caller that change together', () => {
  const tier = z.object({ account, tier: z.string() });

  test('what the caller sends on the base decides, not what it will send', () => {
    const before = commit(snapshot(), both);
    const after = tree(
      snapshot({ payload: tier }),
      orchestration({ fresh: { days: 30 }, old: { days: 90 } }, tier),
    );
    const { verdict, contracts } = diffWorkspace(before, after);
    expect(verdict).toBe('breaking');
    const broken = new Map(contracts.map((contract) => [contract.name, contract]));
    expect(broken.get('audit')?.targets.map(({ path }) => path)).toEqual([
      'payload.tier',
      'payload.tier',
    ]);
    // Whoever triggers the orchestration does not send it either.
    expect(broken.get('review')).toMatchObject({
      ...{ kind: 'orchestration', verdict: 'breaking' },
      changes: expect.arrayContaining([
        expect.objectContaining({ part: 'payload', pointer: '/tier', rule: 'required' }),
      ]) as unknown,
    });
  });

  test('a configuration that a target of the base has counts, though the caller changes it', () => {
    const narrow = snapshot({ configuration: z.strictObject({ days: z.int().min(1).max(60) }) });
    const { contracts } = diffWorkspace(
      commit(snapshot(), both),
      tree(narrow, orchestration({ fresh: { days: 30 }, old: { days: 60 } })),
    );
    expect(contracts[0]?.targets).toMatchObject([{ id: 'old', path: 'configuration.days' }]);
  });
});

describe('diffWorkspace, of an orchestration', () => {
  const caller = (payload: z.ZodObject) => orchestration({ fresh: { days: 30 } }, payload);
  const payloads = (old: z.ZodObject, next: z.ZodObject) =>
    diffWorkspace(commit(snapshot(), caller(old)), tree(snapshot(), caller(next)));

  test.each([
    ['an optional field more', z.object({ account, region: z.string().optional() })],
    ['a wider field', z.object({ account: z.object({ id: z.union([z.string(), z.int()]) }) })],
  ])('%s breaks nobody who triggers it', (_, next) => {
    expect(payloads(z.object({ account }), next).verdict).toBe('compatible');
  });

  test.each([
    ['a required field more', z.object({ account, tier: z.string() })],
    ['a tighter bound', z.object({ account: z.object({ id: z.string().min(1) }) })],
    ['another type', z.object({ account: z.object({ id: z.int() }) })],
  ])('%s breaks whoever triggers it', (_, next) => {
    const { verdict, contracts } = payloads(z.object({ account }), next);
    expect(verdict).toBe('breaking');
    expect(contracts).toMatchObject([{ name: 'review', status: 'changed' }]);
    expect(contracts[0]?.waysOut.join('\n')).toContain('review-v2');
  });

  test('a target more or less, or configured otherwise, is no change of its contract', () => {
    const { verdict } = diffWorkspace(
      commit(snapshot(), both),
      tree(
        snapshot(),
        orchestration({ fresh: { days: 1 }, third: { days: 2 }, more: { days: 3 } }),
      ),
    );
    expect(verdict).toBe('compatible');
  });

  test('a parent that runs it is broken as by a child', () => {
    const parent = orchestration({ all: {} }, z.object({ account }), 'parent', 'review');
    const next = orchestration({ fresh: { days: 30 } }, z.object({ account, tier: z.string() }));
    const { contracts } = diffWorkspace(
      commit(snapshot(), caller(z.object({ account })), parent),
      tree(snapshot(), next, parent),
    );
    expect(contracts[0]?.targets).toMatchObject([{ orchestrator: 'parent', id: 'all' }]);
  });
});

describe('diffWorkspace, where a comparison cannot be made', () => {
  test.each([
    ['missing', 'has no snapshot libs/contracts/billing/contract.json'],
    ['stale', "isn't what libs/contracts/billing/src/index.ts says"],
  ])('a %s snapshot in the working tree is told by name', (which, note) => {
    const head = { ...tree(snapshot(), both), [which]: [childPlace('billing')] };
    const { verdict, contracts } = diffWorkspace(commit(snapshot(), both), head);
    expect(verdict).toBe('unknown');
    expect(contracts).toMatchObject([{ name: 'billing', status: 'not compared' }]);
    expect(contracts[0]?.note).toContain(note);
    expect(contracts[0]?.waysOut[0]).toContain('harmony contracts snapshot billing');
  });

  test('a contract that the base had without a snapshot is not new', () => {
    const base = { ...commit(both), missing: [childPlace('audit')] };
    const { verdict, contracts } = diffWorkspace(base, tree(snapshot(), both));
    expect(verdict).toBe('unknown');
    expect(contracts).toMatchObject([{ name: 'audit', status: 'not compared' }]);
  });

  test('its snapshot may be added while no source changes', () => {
    const base = { ...commit(both), missing: [childPlace('audit')], sourcesUnchanged: true };
    expect(diffWorkspace(base, tree(snapshot(), both))).toEqual({
      ...{ verdict: 'compatible', contracts: [] },
    });
  });

  test('a snapshot whose hash was kept by hand is compared all the same', () => {
    const { document } = snapshot({ payload: z.object({ account, tier: z.string() }) });
    const edited = { ...snapshot(), document: { ...document, hash: snapshot().document.hash } };
    expect(compare([edited]).verdict).toBe('breaking');
  });
});
