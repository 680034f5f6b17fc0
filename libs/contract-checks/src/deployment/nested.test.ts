import type { Stage } from '@harmony/assembly';
import type { SentTarget } from '@harmony/artifact';
import { type ContractDocument, defineContract } from '@harmony/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { machineOf, orchestratorOf } from '../testing/stage.ts';
import { canDeploy } from './can-deploy.ts';
import { canDeployInOrder } from './can-deploy-in-order.ts';
import { parseOrchestrator } from './parse.ts';
import type { Deployed } from './records.ts';

const account = z.object({ account: z.string() });
const debug = z.strictObject({ debug: z.strictObject({ skipDelays: z.boolean() }).optional() });

/** What `nightly` takes and puts out as a target. */
const nightly = (
  output: z.ZodType,
  payload: z.ZodObject = account,
  configuration: z.ZodObject = debug,
) =>
  defineContract({
    ...{ name: 'nightly', payload, configuration, output },
    examples: [{ payload: { account: '1', region: 'eu' }, configuration: {} }],
  }).document;
const gives = nightly(z.object({ counts: z.int() }));
const givesText = nightly(z.object({ counts: z.string() }));
const needsRegion = nightly(z.object({ counts: z.int() }), account.extend({ region: z.string() }));
const takesNothing = nightly(z.object({ counts: z.int() }), account, z.strictObject({}));

const { document: reporter } = defineContract({
  ...{ name: 'reporter', payload: account, output: z.object({}) },
  configuration: z.strictObject({ counts: z.number() }),
  examples: [{ payload: { account: '1' }, configuration: { counts: 1 } }],
});

/** `weekly` runs `nightly`, and gives what it counted to `reporter`. */
const targets: readonly SentTarget[] = [
  {
    ...{ id: 'all', child: 'nightly', configuration: { debug: { skipDelays: true } } },
    provides: ['/counts'],
  },
  {
    ...{ id: 'report', child: 'reporter', configuration: { counts: null }, dependsOn: ['all'] },
    references: [{ at: '/counts', target: 'all', from: '/counts' }],
  },
];

const stageWith = (inner: ContractDocument): Stage => ({
  name: 'prod',
  functions: [],
  stateMachines: [
    machineOf('reporter', { contract: reporter }),
    orchestratorOf('nightly', [], inner),
    orchestratorOf('weekly', targets, { payload: gives.payload }),
  ],
});

/** The orchestrators as their records have them. */
const deployed = (...documents: readonly { readonly name: string }[]): Deployed => ({
  children: [{ name: 'reporter', version: 1, contract: reporter }],
  orchestrators: documents.map((document) => {
    const { name } = document;
    const record = { ...{ name, version: 1, hash: 'h', stateMachineArn: 'arn' } };
    const schemas = JSON.stringify({ targets: [], ...document, hash: 'h' });
    const place = { schemas: { bucket: 'assets', key: 'key' } };
    return parseOrchestrator({ kind: 'orchestrator', ...record, ...place }, schemas, 'schemas/key');
  }),
  running: [],
});
const weekly = { name: 'weekly', payload: gives.payload, targets };

describe('canDeploy, where an orchestration runs as a target of another', () => {
  test.each(['nightly', 'weekly'])('lets %s go out when both fit', (name) => {
    expect(canDeploy(stageWith(gives), name, deployed(gives, weekly))).toMatchObject({
      ...{ kind: 'orchestrator', allowed: true, conflicts: [], deployFirst: [] },
    });
  });

  test.each([
    ['needs more of the payload', needsRegion, { child: 'nightly', path: 'payload.region' }],
    [
      'takes no such configuration',
      takesNothing,
      { child: 'nightly', target: 'all', path: 'configuration.debug' },
    ],
    [
      'puts out what another target does not take',
      givesText,
      { child: 'reporter', target: 'report', path: 'configuration.counts' },
    ],
  ])('refuses the inner one that %s', (_, next, conflict) => {
    const verdict = canDeploy(stageWith(next), 'nightly', deployed(gives, weekly));
    expect(verdict).toMatchObject({ kind: 'orchestrator', allowed: false });
    expect(verdict?.conflicts).toMatchObject([{ orchestrator: 'weekly', ...conflict }]);
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Expand before you contract/)]);
  });

  test('refuses the outer one until the inner one is there, and gives what it takes', () => {
    expect(canDeploy(stageWith(gives), 'weekly', deployed())).toMatchObject({
      allowed: false,
      conflicts: [{ orchestrator: 'weekly', target: 'all', child: 'nightly', path: 'child' }],
      deployFirst: [expect.stringMatching(/^Deploy nightly first/) as string],
    });
    expect(canDeploy(stageWith(gives), 'weekly', deployed(givesText))).toMatchObject({
      allowed: false,
      conflicts: [{ target: 'report', child: 'reporter', path: 'configuration.counts' }],
      deployFirst: [expect.stringMatching(/^Deploy nightly first/) as string],
    });
  });
});

describe('canDeployInOrder', () => {
  const nothing: Deployed = { children: [], orchestrators: [], running: [] };
  const allowed = (names: readonly string[], there = nothing, inner = gives) =>
    canDeployInOrder(stageWith(inner), names, there).map((verdict) => verdict?.allowed);

  test('lets a stage that is empty be deployed, orchestrations of orchestrations too', () => {
    expect(allowed(['reporter', 'nightly', 'weekly'])).toEqual([true, true, true]);
  });

  test('refuses in an order in which something is not there yet', () => {
    expect(allowed(['weekly', 'nightly', 'reporter'])).toEqual([false, true, true]);
    expect(allowed(['weekly'])).toEqual([false]);
  });

  test('refuses what breaks an orchestrator that is there, though its next version goes out after it', () => {
    const there = deployed(gives, weekly);
    expect(allowed(['nightly', 'weekly'], there, needsRegion)[0]).toBe(false);
    expect(allowed(['nightly', 'weekly'], there)).toEqual([true, true]);
  });

  test('says nothing of a name that holds no workflow', () => {
    expect(allowed(['shared', 'reporter'])).toEqual([undefined, true]);
  });
});
