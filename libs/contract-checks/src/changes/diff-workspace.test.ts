import type { Assembly } from '@harmony/assembly';
import { defineContract } from '@harmony/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { diffWorkspace, nextMajor } from './diff-workspace.ts';
import type { Snapshot } from './sources.ts';

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
  return { file: `libs/contracts/${name}/contract.json`, document };
}

/** An assembly with one orchestrator that runs `audit` twice, its targets' configurations given. */
function assembly(
  configurations: Record<string, object>,
  payload = z.object({ account }),
): Assembly {
  const targets = Object.entries(configurations).map(([id, configuration]) => ({
    id,
    child: 'audit',
    stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:prod-audit',
    configuration,
  }));
  const machine = {
    stage: 'prod',
    stack: 'prod-review',
    logicalId: 'Machine',
    name: 'prod-review',
    arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:prod-review',
    roleArn: 'arn:aws:iam::123456789012:role/prod-review',
    type: 'STANDARD' as const,
    definition: { States: { 'Inject targets': { Type: 'Pass', Result: { targets } } } },
    orchestration: {
      name: 'review',
      payload: z.toJSONSchema(payload, { io: 'input' }),
      onTargetFailure: 'continue',
      maxConcurrency: 0,
      hash: '',
    },
    policies: [],
    foreignPolicies: [],
  };
  return { dir: '', stages: [{ name: 'prod', stateMachines: [machine], functions: [] }] };
}

const both = assembly({ fresh: { days: 30 }, old: { days: 90 } });
const compare = (next: Snapshot[], of: Assembly | undefined = both) =>
  diffWorkspace([snapshot()], next, of);

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
        stage: 'prod',
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
    const sends = assembly({ fresh: { days: 30 } }, z.object({ account, region: z.number() }));
    expect(compare([next], sends).verdict).toBe('breaking');
    expect(compare([next], sends).contracts[0]?.targets).toContainEqual(
      expect.objectContaining({ id: 'fresh', path: 'payload.region' }),
    );
  });

  test('judges a payload strictly where nothing says what is sent', () => {
    const next = snapshot({ payload: z.object({ account, region: z.string().optional() }) });
    expect(diffWorkspace([snapshot()], [next]).verdict).toBe('breaking');
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

  test('a contract may go only when no target runs it', () => {
    expect(compare([])).toMatchObject({ verdict: 'breaking', contracts: [{ status: 'removed' }] });
    expect(compare([], assembly({})).verdict).toBe('compatible');
    expect(diffWorkspace([snapshot()], []).verdict).toBe('unknown');
  });

  test('counts major versions', () => {
    expect(['audit', 'audit-v2', 'audit-v9'].map(nextMajor)).toEqual([
      'audit-v2',
      'audit-v3',
      'audit-v10',
    ]);
  });
});
