import type { Stage } from '@harmony/assembly';
import type { SentTarget } from '@harmony/artifact';
import { type ContractDocument, defineContract } from '@harmony/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { machineOf, orchestratorOf } from './testing/stage.ts';
import { diffWorkspace } from './changes/index.ts';
import { childPlace, orchestrationPlace, type Snapshot } from './snapshots/index.ts';
import { canDeploy, type Deployed, type RunningExecution } from './deployment/index.ts';

const contractOf = (name: string, configuration: z.ZodType, output: z.ZodType): ContractDocument =>
  defineContract({
    ...{ name, payload: z.object({}), configuration, output },
    examples: [{ payload: {}, configuration: { link: exampleOf(configuration) } as object }],
  }).document;

const exampleOf = (configuration: z.ZodType): unknown =>
  ['a', 1, { key: 'a' }].find((link) => configuration.safeParse({ link }).success);

/** `indexer` gives a link, `reader` takes it. */
const anything = z.strictObject({ link: z.string().optional() });
const indexer = (output: z.ZodType) => contractOf('indexer', anything, output);
const reader = (link: z.ZodType) => contractOf('reader', z.strictObject({ link }), z.object({}));

const gives = indexer(z.object({ link: z.string(), count: z.int() }));
const givesMore = indexer(z.object({ link: z.string(), count: z.int(), at: z.string() }));
const mayGive = indexer(z.object({ link: z.string().optional(), count: z.int() }));
const givesNumber = indexer(z.object({ link: z.number(), count: z.int() }));
const givesNone = indexer(z.object({ count: z.int() }));
const takes = reader(z.string());
const takesShort = reader(z.string().max(3));
const takesBoth = reader(z.union([z.string(), z.number()]));

/** As `renderOrchestrator` writes them, with `link: outputOf(indexer, 'source').link`. */
const referring: readonly SentTarget[] = [
  { id: 'source', child: 'indexer', configuration: {}, provides: ['/link'] },
  {
    ...{ id: 'sink', child: 'reader', configuration: { link: null }, dependsOn: ['source'] },
    references: [{ at: '/link', target: 'source', from: '/link' }],
  },
];
const literal: readonly SentTarget[] = [
  { id: 'source', child: 'indexer', configuration: {} },
  { id: 'sink', child: 'reader', configuration: { link: 'abc' } },
];

function stageWith(
  contracts: readonly ContractDocument[],
  targets: readonly SentTarget[] = referring,
): Stage {
  return {
    name: 'prod',
    functions: [],
    stateMachines: [
      ...contracts.map((contract) => machineOf(contract.name, { contract })),
      orchestratorOf('review', targets),
    ],
  };
}

const SINK = { orchestrator: 'review', id: 'sink', path: 'configuration.link' };

describe('contracts diff, where a target takes a value from the output of another', () => {
  const caller: Snapshot = {
    ...orchestrationPlace('review'),
    document: {
      ...{ name: 'review', hash: '', configuration: {}, output: {} },
      payload: { type: 'object' },
    },
    targets: referring,
  };
  const snapshots = (documents: readonly ContractDocument[]) => [
    ...documents.map((document) => ({ ...childPlace(document.name), document, targets: [] })),
    caller,
  ];
  const diff = (base: readonly ContractDocument[], head: readonly ContractDocument[]) =>
    diffWorkspace(
      { contracts: snapshots(base), missing: [], sourcesUnchanged: false },
      { contracts: snapshots(head), missing: [], stale: [] },
    );

  test.each([
    ['gives a field more', [gives, takes], [givesMore, takes]],
    ['is taken by a wider field', [gives, takes], [gives, takesBoth]],
  ])('says nothing of a target whose dependency %s', (_, base, head) => {
    expect(diff(base, head)).toMatchObject({ verdict: 'compatible', contracts: [{ targets: [] }] });
  });

  test.each([
    ['is not sure to give it any more', [mayGive, takes], 'indexer is not sure to put out'],
    ['gives another type', [givesNumber, takes], 'output.link of "source": '],
    ['does not give it any more', [givesNone, takes], 'indexer declares no output.link'],
    ['is left as it was, but it takes less itself', [gives, takesShort], 'output.link of "source"'],
  ])('names the target by id when its dependency %s', (_, head, reason) => {
    const { verdict, contracts } = diff([gives, takes], head);
    expect(verdict).toBe('breaking');
    expect(contracts).toHaveLength(1);
    expect(contracts[0]?.targets).toEqual([
      { ...SINK, verdict: 'breaking', reason: expect.stringContaining(reason) as string },
    ]);
  });

  test('tries each contract alone, since they are deployed apart', () => {
    const { contracts } = diff([gives, takes], [givesNumber, reader(z.number())]);
    expect(contracts.map(({ name, targets }) => [name, targets.map(({ id }) => id)])).toEqual([
      ['indexer', ['sink']],
      ['reader', ['sink']],
    ]);
  });

  test('a field more in an object that is taken as a whole breaks the one that takes it', () => {
    const page = z.strictObject({ key: z.string() });
    const more = page.extend({ etag: z.string().optional() });
    const whole = (link: z.ZodType) => indexer(z.object({ link }));
    const { contracts, verdict } = diff([whole(page), reader(page)], [whole(more), reader(page)]);
    expect(verdict).toBe('breaking');
    expect(contracts[0]?.targets).toMatchObject([SINK]);
  });
});

describe('canDeploy, where a target takes a value from the output of another', () => {
  const deployed = (
    contracts: readonly ContractDocument[],
    targets: readonly SentTarget[] = referring,
    running: readonly RunningExecution[] = [],
  ): Deployed => ({
    children: contracts.map((contract) => ({ name: contract.name, version: 1, contract })),
    orchestrators: [{ name: 'review', version: 1, payload: { type: 'object' }, targets }],
    running,
  });

  test.each(['indexer', 'reader', 'review'])('lets %s go out when all fits', (name) => {
    const verdict = canDeploy(stageWith([givesMore, takesBoth]), name, deployed([gives, takes]));
    expect(verdict).toMatchObject({ allowed: true, conflicts: [], deployFirst: [] });
  });

  test.each([
    ['is not sure to give it', mayGive, 'indexer is not sure to put out output.link'],
    ['gives another type', givesNumber, 'output.link of "source": '],
    ['does not give it', givesNone, 'indexer declares no output.link'],
  ])('refuses the dependency that %s', (_, next, reason) => {
    const verdict = canDeploy(stageWith([next, takes]), 'indexer', deployed([gives, takes]));
    expect(verdict?.conflicts).toMatchObject([
      {
        ...{ orchestrator: 'review', target: 'sink', child: 'reader', path: 'configuration.link' },
        reason: expect.stringContaining(reason) as string,
      },
    ]);
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Expand before you contract/)]);
  });

  test('shows a configuration that the consumer would refuse', () => {
    const verdict = canDeploy(stageWith([gives, takesShort]), 'reader', deployed([gives, takes]));
    expect(verdict?.conflicts).toMatchObject([{ target: 'sink', path: 'configuration.link' }]);
    const { link } = verdict?.conflicts[0]?.counterexample as { link: string };
    expect(link.length).toBeGreaterThan(3);
  });

  test('says which child, or that the orchestrator, goes first', () => {
    const there = deployed([gives, takes]);
    const first = (contracts: readonly ContractDocument[], targets?: readonly SentTarget[]) =>
      canDeploy(stageWith(contracts, targets), 'indexer', there)?.deployFirst;
    expect(first([givesNumber, takesBoth])).toEqual([
      expect.stringMatching(/^Deploy reader first/),
    ]);
    expect(first([givesNumber, takes], literal)).toEqual([
      expect.stringMatching(/^Deploy review first/),
    ]);
  });

  test('an orchestrator that takes what the deployed dependency does not give waits for it', () => {
    const there = deployed([givesNone, takes], literal);
    const verdict = canDeploy(stageWith([gives, takes]), 'review', there);
    expect(verdict).toMatchObject({
      allowed: false,
      conflicts: [{ orchestrator: 'review', target: 'sink', path: 'configuration.link' }],
    });
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Deploy indexer first/)]);
  });

  test('an execution in flight keeps the references it started with', () => {
    const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:prod-review:run-1';
    const running = { executionArn, orchestrator: 'review', targets: referring, payload: {} };
    const there = deployed([gives, takes], literal, [running]);
    const verdict = canDeploy(stageWith([givesNumber, takes], literal), 'indexer', there);
    expect(verdict?.conflicts).toMatchObject([{ target: 'sink', execution: executionArn }]);
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Wait for the execution/)]);
  });
});
