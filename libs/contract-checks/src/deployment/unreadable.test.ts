import { STATE } from '@harmony/artifact';
import { readFileSync } from 'node:fs';
import { defineContract } from '@harmony/contract';
import type { Stage } from '@harmony/assembly';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { definitionOf, machineOf, orchestratorOf } from '../testing/stage.ts';
import { canDeploy } from './can-deploy.ts';
import { parseChild, parseExecution, parseOrchestrator, parseRecord } from './parse.ts';
import type { Deployed } from './records.ts';

const contract = (most: number) =>
  defineContract({
    name: 'audit',
    payload: z.object({ account: z.string() }),
    configuration: z.strictObject({ days: z.int().max(most), link: z.string().optional() }),
    output: z.object({ link: z.string() }),
    examples: [{ payload: { account: '1' }, configuration: { days: 1 } }],
  }).document;
const [old, narrower] = [contract(90), contract(60)];

const INPUT = JSON.stringify({ payload: { account: '1' } });
const definition = (days: number) =>
  JSON.stringify(definitionOf([{ id: 'a', child: 'audit', configuration: { days } }]));

/** Rendered before the format had a number: its target `source` is sent `days: 80`. */
const FORMAT_1 = readFileSync(
  new URL('../../../artifact/fixtures/format-1.json', import.meta.url),
  'utf8',
);

/** What is said of `audit`, whose bound on days is 60 now, while one execution is in flight. */
function verdictWith(running: string | undefined, input: string | undefined = INPUT) {
  const stage: Stage = {
    name: 'prod',
    functions: [],
    stateMachines: [machineOf('audit', { contract: narrower }), orchestratorOf('review', [])],
  };
  const deployed: Deployed = {
    children: [{ name: 'audit', version: 1, contract: old }],
    orchestrators: [],
    running: [
      { executionArn: 'arn:run', orchestrator: 'review', ...parseExecution(running, input) },
    ],
  };
  return canDeploy(stage, 'audit', deployed);
}

describe('an execution in flight', () => {
  test('that is read is judged by what it sends', () => {
    expect(verdictWith(definition(30))?.allowed).toBe(true);
    expect(verdictWith(definition(80))?.conflicts).toMatchObject([
      { path: 'configuration.days', execution: 'arn:run' },
    ]);
  });

  test('of the format before it had a number is read too', () => {
    expect(verdictWith(FORMAT_1)?.conflicts).toMatchObject([
      { target: 'source', path: 'configuration.days', counterexample: { days: 80 } },
    ]);
    const fits = FORMAT_1.replace('"days": 80', '"days": 50');
    expect(verdictWith(fits)?.allowed).toBe(true);
  });

  const renamed = definition(30).replaceAll(JSON.stringify(STATE.inject), '"Prepare"');
  const newer = definition(30).replace('"format":2', '"format":99');

  test.each<[string, string | undefined, string | undefined, RegExp]>([
    ['a renamed state', renamed, INPUT, /StartAt: not a rendered orchestrator/],
    ['an unknown state', FORMAT_1.replaceAll('"Blocked', '"Waiting'), INPUT, /Waiting/],
    ['a newer format', newer, INPUT, /format 99 is not known/],
    ['a definition cut short', definition(30).slice(0, 200), INPUT, /definition: is not JSON/],
    ['a definition that AWS does not show', undefined, INPUT, /definition: AWS does not show it/],
    ['an empty definition', '{}', INPUT, /States: is missing/],
    ['an input that is not JSON', definition(30), '{', /input: is not JSON/],
    ['an input without a payload', definition(30), '{}', /input.payload: isn't an object/],
  ])('with %s is refused by name, never taken for using nothing', (_, text, input, reason) => {
    const verdict = verdictWith(text, input);
    expect(verdict?.allowed).toBe(false);
    expect(verdict?.conflicts).toMatchObject([
      { orchestrator: 'review', child: 'audit', path: 'execution', execution: 'arn:run' },
    ]);
    expect(verdict?.conflicts[0]?.reason).toMatch(reason);
    expect(verdict?.deployFirst).toEqual([expect.stringMatching(/^Wait for the execution/)]);
  });
});

describe('a record', () => {
  const record = {
    kind: 'orchestrator' as const,
    ...{ name: 'review', version: 1, hash: 'h' },
    ...{ stateMachineArn: 'arn', schemas: { bucket: 'b', key: 'k' } },
  } as const;
  const document = {
    ...{ format: 2, name: 'review', hash: 'h', payload: {}, configuration: {}, output: {} },
    targets: [{ id: 'a', child: 'audit', configuration: {} }],
  };
  const parse = (change: object) =>
    parseOrchestrator(record, JSON.stringify({ ...document, ...change }), 's3://b/k');

  test('is read, in this format and the one before', () => {
    expect(parse({}).targets).toHaveLength(1);
    expect(parse({ format: undefined }).targets).toHaveLength(1);
  });

  test.each<[string, object, RegExp]>([
    ['a newer format', { format: 3 }, /format 3 is not known/],
    ['no targets', { targets: undefined }, /targets: is not a list/],
    ['a target of another shape', { targets: [{ id: 'a' }] }, /targets\[0\]\.child: is missing/],
    ['a field that is not known', { priorities: [] }, /priorities: is not known/],
    ['no payload schema', { payload: 'any' }, /payload: isn't a JSON Schema/],
    ['another hash', { hash: 'x' }, /does not hold the orchestration review/],
  ])('with %s is refused by its place', (_, change, reason) => {
    expect(() => parse(change)).toThrow(reason);
    expect(() => parse(change)).toThrow('s3://b/k');
  });

  test('of a child is read, and refused where it is another or damaged', () => {
    const child = { ...record, kind: 'child', name: 'audit', hash: old.hash } as const;
    expect(parseChild(child, JSON.stringify(old), 'k').contract.name).toBe('audit');
    expect(() => parseChild(child, JSON.stringify(narrower), 'k')).toThrow('does not hold');
    expect(() => parseChild(child, '{"name":"audit"}', 'k')).toThrow('does not hold');
    expect(() => parseChild(child, '{', 'k')).toThrow();
  });

  test('that is no record is refused', () => {
    expect(parseRecord(JSON.stringify(record), 'p')).toEqual(record);
    expect(() => parseRecord('{}', 'p')).toThrow("p isn't a valid deployment record");
    expect(() => parseRecord('[', 'p')).toThrow('p is not JSON');
  });
});
