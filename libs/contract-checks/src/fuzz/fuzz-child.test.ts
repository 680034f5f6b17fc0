import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage } from '@harmony/assembly';
import { defineContract } from '@harmony/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { failureLines } from './failure-lines.ts';
import { fuzzChild } from './fuzz-child.ts';

const { document: contract } = defineContract({
  name: 'greenhouse',
  payload: z.object({ site: z.string().regex(/^[a-z]{3}$/) }),
  configuration: z.strictObject({ limit: z.int().min(0).max(20), label: z.string().optional() }),
  output: z.object({ limit: z.int() }),
  examples: [{ payload: { site: 'abc' }, configuration: { limit: 1 } }],
});

/** What *Check input* does, by hand: this package's tests bundle nothing. */
const CHECK = `
const refuse = (why) => { const error = new Error(why); error.name = 'ContractViolation'; throw error; };
const ADDED = ['payload', 'configuration', 'runId', 'NeedCallback', 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID'];
export const handler = async ({ input }) => {
  const record = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!record(input) || Object.keys(input).some((key) => !ADDED.includes(key))) refuse('input');
  const { payload, configuration } = input;
  if (!record(payload) || typeof payload.site !== 'string' || !/^[a-z]{3}$/.test(payload.site)) refuse('payload');
  if (!record(configuration)) refuse('configuration');
  const { limit, label, ...others } = configuration;
  if (Object.keys(others).length > 0 || ('label' in configuration && typeof label !== 'string')) refuse('configuration');
  if (!Number.isInteger(limit) || limit < 0 || limit > 20) refuse('limit');
  return input;
};`;
const PASS_ALL = 'export const handler = async ({ input }) => input;';
const WRONG_ERROR =
  'export const handler = async ({ input }) => { if (!(input?.configuration?.limit >= 0) || !(/^[a-z]{3}$/.test(input?.payload?.site))) throw new TypeError("bad"); return input; };';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'harmony-fuzz-'));
  for (const [name, code] of Object.entries({ check: CHECK, all: PASS_ALL, wrong: WRONG_ERROR })) {
    await mkdir(join(root, name));
    await writeFile(join(root, name, 'index.mjs'), code);
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A stage with one child: *Check input* of that folder, then a Pass with that output. */
function stageWith(check: 'check' | 'all' | 'wrong', output: string): Stage {
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:dev-greenhouse-check-input';
  const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:dev-greenhouse';
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Check input',
    States: {
      'Check input': {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: functionArn, Payload: { input: '{% $states.input %}' } },
        Output: '{% $states.result.Payload %}',
        Next: 'Done',
      },
      Done: { Type: 'Pass', Output: { limit: output }, End: true },
    },
  };
  return {
    name: 'dev',
    stateMachines: [
      {
        ...{ stage: 'dev', stack: 'dev-greenhouse', logicalId: 'Machine', name: 'dev-greenhouse' },
        ...{ arn, roleArn: 'arn:aws:iam::123456789012:role/dev', type: 'STANDARD', definition },
        ...{ contract, policies: [], foreignPolicies: [] },
      },
    ],
    functions: [
      {
        ...{ name: 'dev-greenhouse-check-input', arn: functionArn, runtime: 'nodejs24.x' },
        ...{ handler: 'index.handler', qualifiers: [], environment: {} },
        ...{ timeoutSeconds: 10, memoryMb: 256 },
        code: { kind: 'folder', path: join(root, check) },
      },
    ],
  };
}

const LIMIT = '{% $states.input.configuration.limit %}';
const fuzz = (stage: Stage, seed = 1) =>
  fuzzChild({ stage, child: 'greenhouse', workspaceRoot: root, runs: 25, seed });

describe('fuzzChild', () => {
  test.each(['nobody', 'constructor'])('refuses %s, which is no child, by name', async (child) => {
    const stage = stageWith('check', LIMIT);
    await expect(fuzzChild({ stage, child, workspaceRoot: root })).rejects.toMatchObject({
      ...{ name: 'ContractChecksError', code: 'CONTRACT_NOT_FOUND' },
      message: expect.stringContaining(`"${child}"; it has: greenhouse`) as string,
    });
  });

  test('a child that keeps its contract passes with valid and invalid inputs', async () => {
    const report = await fuzz(stageWith('check', LIMIT));
    expect(report).toMatchObject({ valid: 25, failedByDesign: {} });
    expect(report.invalid).toBeGreaterThan(20);
    expect(report).not.toHaveProperty('failure');
  });

  test('an expression that fails on some valid input is found and the input made small', async () => {
    const label = '{% $states.input.configuration.label %}';
    const output = `{% $states.input.configuration.limit > 5 ? $length(${label.slice(3, -3)}) : 1 %}`;
    const { failure } = await fuzz(stageWith('check', output));
    expect(failure).toMatchObject({
      kind: 'EVALUATION_FAILED',
      state: 'Done',
      wayOut: expect.stringContaining('take what may be missing ($exists)') as string,
      input: { payload: { site: expect.stringMatching(/^[a-z]{3}$/) as string } },
    });
    const { configuration } = failure?.input as {
      configuration: { limit: number; label?: string };
    };
    expect(Object.keys(configuration)).toEqual(['limit']);
    expect(configuration.limit).toBeGreaterThan(5);
  });

  test('the same seed finds the same failure, and says how to see it again', async () => {
    const stage = stageWith('check', '{% $states.input.nowhere %}');
    const [first, second] = [await fuzz(stage, 7), await fuzz(stage, 7)];
    expect(first).toEqual(second);
    expect(failureLines('greenhouse', first.failure ?? expect.unreachable()).join('\n')).toContain(
      'harmony contracts fuzz greenhouse --runs 1 --seed 7',
    );
  });

  test('an output that the contract refuses is a failure', async () => {
    const { failure } = await fuzz(stageWith('check', 'much'));
    expect(failure).toMatchObject({ kind: 'OUTPUT_REFUSED', output: { limit: 'much' } });
  });

  test('an invalid input that runs through is a failure', async () => {
    const { failure } = await fuzz(stageWith('all', '{% 1 %}'));
    expect(failure).toMatchObject({ kind: 'INVALID_INPUT_ACCEPTED' });
    // It begins with that state: to begin with it is no way out.
    expect(failureLines('greenhouse', failure ?? expect.unreachable())).toContainEqual(
      expect.stringContaining('way out: have "Check input" run the handler checkInput(contract)'),
    );
  });

  test('an invalid input that ends in another error is half-processed', async () => {
    const { failure } = await fuzz(stageWith('wrong', '{% 1 %}'));
    expect(['INVALID_INPUT_HALF_PROCESSED', 'INVALID_INPUT_ACCEPTED']).toContain(failure?.kind);
  });
});
