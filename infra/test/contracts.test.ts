import { readAssembly } from '@harmony/assembly';
import { checkContracts, type ContractFinding } from '@harmony/contract-checks/contract-test';
import { findingLine } from '@harmony/contract-checks/finding';
import { defineContract } from '@harmony/contract';
import { testStage } from '@harmony/constructs';
import { defineOrchestration, target } from '@harmony/orchestration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FixtureWorkspace } from '../e2e/fixtures/assembly.ts';
import {
  ASSEMBLY,
  AssemblyCopy,
  replaceInDefinition,
  resources,
  type Template,
} from './assembly-copy.ts';

const STATES = 'arn:aws:states:us-east-1:123456789012';

const account = z.object({ id: z.string() });
const alerts = defineContract({
  name: 'alerts',
  payload: z.object({ account, period: z.object({ start: z.iso.date() }) }),
  configuration: z.strictObject({
    basis: z.enum(['actual', 'forecast']),
    budget: z.strictObject({ amount: z.number() }),
  }),
  output: z.object({}),
  examples: [
    {
      payload: { account: { id: '1' }, period: { start: '2026-11-01' } },
      configuration: { basis: 'actual', budget: { amount: 1 } },
    },
  ],
});
const audit = defineContract({
  name: 'audit',
  payload: z.object({ account }),
  configuration: z.strictObject({ maxAgeDays: z.int() }),
  output: z.object({}),
  examples: [{ payload: { account: { id: '1' } }, configuration: { maxAgeDays: 1 } }],
});
const budget = { amount: 1000 };
const review = defineOrchestration({
  name: 'review',
  payload: alerts.payload,
  targets: [
    target(alerts, { id: 'alerts-actual', configuration: { basis: 'actual', budget } }),
    target(alerts, { id: 'alerts-forecast', configuration: { basis: 'forecast', budget } }),
    target(audit, { id: 'audit', configuration: { maxAgeDays: 90 } }),
  ],
});

let workspace: FixtureWorkspace;
beforeAll(() => {
  workspace = new FixtureWorkspace(
    { review },
    { stages: [testStage, { ...testStage, name: 'prod' }], contracts: [alerts, audit] },
  );
});
afterAll(() => workspace[Symbol.dispose]());

/** The problems of the prod stage's review after tampering with a copy of the assembly. */
async function problemsAfter(tamper: (copy: AssemblyCopy) => void): Promise<ContractFinding[]> {
  using copy = new AssemblyCopy(workspace.assembly);
  tamper(copy);
  return checkContracts(await readAssembly(copy.dir));
}

const inReview = (edit: (template: Template) => void) =>
  problemsAfter((copy) => copy.editTemplate('prod', 'review', edit));

const roleStatements = (template: Template): Template[] =>
  resources(template, 'AWS::IAM::Role')[0]?.Properties.Policies[0].PolicyDocument.Statement;

describe('the contract test on the synthesised assembly', () => {
  it('passes as synthesised, this workspace’s own too', async () => {
    for (const assembly of [workspace.assembly, ASSEMBLY]) {
      expect(
        checkContracts(await readAssembly(assembly)).map((problem) => findingLine(problem)),
      ).toEqual([]);
    }
  });

  it('catches a configuration field of a wrong type', async () => {
    const problems = await inReview((template) =>
      replaceInDefinition(template, '"maxAgeDays":90', '"maxAgeDays":"90"'),
    );
    expect(problems.map((problem) => findingLine(problem))).toEqual([
      'error: prod › review › audit › configuration.maxAgeDays: must be integer; it is "90" (CONFIGURATION)',
    ]);
  });

  it('catches a missing configuration field, in each target that lacks it', async () => {
    const problems = await inReview((template) =>
      replaceInDefinition(template, ',"budget":{"amount":1000}', ''),
    );
    expect(problems.map(({ target, field, message }) => [target, field, message])).toEqual([
      ['alerts-actual', 'configuration.budget', 'is missing'],
      ['alerts-forecast', 'configuration.budget', 'is missing'],
    ]);
  });

  it('catches an extra field in a strict schema', async () => {
    const problems = await inReview((template) =>
      replaceInDefinition(template, '"maxAgeDays":90', '"maxAgeDays":90,"maxAge":90'),
    );
    expect(problems).toMatchObject([
      { code: 'CONFIGURATION', target: 'audit', field: 'configuration.maxAge' },
    ]);
  });

  it("catches a field gone from the orchestrator's payload, in each target that needs it", async () => {
    const problems = await inReview((template) => {
      const [machine] = resources(template, 'AWS::StepFunctions::StateMachine');
      const { payload } = machine?.Metadata['harmony:orchestration'] ?? {};
      delete payload.properties.period;
      payload.required = ['account'];
    });
    expect(problems.map(({ code, target, field }) => [code, target, field])).toEqual([
      ['PAYLOAD', 'alerts-actual', 'payload.period'],
      ['PAYLOAD', 'alerts-forecast', 'payload.period'],
    ]);
  });

  it('catches a field that the payload holds no longer for certain', async () => {
    const problems = await inReview((template) => {
      const [machine] = resources(template, 'AWS::StepFunctions::StateMachine');
      machine?.Metadata['harmony:orchestration'].payload.required.pop();
    });
    expect(problems.map(({ field }) => field)).toEqual(['payload.period', 'payload.period']);
  });

  it('catches a target whose child is not in the assembly', async () => {
    const problems = await problemsAfter((copy) => copy.removeStack('prod', 'audit'));
    const inReview = problems.filter(({ orchestrator }) => orchestrator === 'review');
    expect(inReview).toMatchObject([{ code: 'CHILD_MISSING', stage: 'prod', target: 'audit' }]);
  });

  it('catches a missing permission', async () => {
    const problems = await inReview((template) => {
      const [start] = roleStatements(template);
      if (start)
        start.Resource = start.Resource.filter(
          (arn: unknown) => !JSON.stringify(arn).includes('prod-audit'),
        );
    });
    expect(problems).toMatchObject([{ code: 'PERMISSION_MISSING', field: 'role' }]);
    expect(problems[0]?.message).toContain(`${STATES}:stateMachine:prod-audit`);
  });

  it('catches a permission on another child', async () => {
    const other = `${STATES}:stateMachine:prod-other`;
    const problems = await inReview((template) =>
      roleStatements(template)[0]?.Resource.push(other),
    );
    expect(problems).toMatchObject([{ code: 'PERMISSION_EXCESSIVE', field: 'role' }]);
    expect(problems[0]?.message).toContain(other);
  });

  it('catches a permission on everything', async () => {
    const problems = await inReview((template) => {
      Object.assign(roleStatements(template)[1] ?? {}, { Resource: '*' });
    });
    expect(problems.map(({ code }) => code)).toEqual(Array(2).fill('PERMISSION_EXCESSIVE'));
  });

  it('says nothing of the stage that is sound', async () => {
    const problems = await inReview((template) =>
      replaceInDefinition(template, '"basis":"actual"', '"basis":"guess"'),
    );
    expect(problems.map(({ stage }) => stage)).toEqual(['prod']);
  });
});
