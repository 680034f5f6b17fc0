import { checkContracts, type ContractProblem, problemLine, readAssembly } from '@harmony/assembly';
import { describe, expect, it } from 'vitest';
import {
  ASSEMBLY,
  AssemblyCopy,
  replaceInDefinition,
  resources,
  type Template,
} from './assembly-copy.ts';

const STATES = 'arn:aws:states:us-east-1:123456789012';

/** The problems of the prod stage's account-review after tampering with a copy of the assembly. */
async function problemsAfter(tamper: (copy: AssemblyCopy) => void): Promise<ContractProblem[]> {
  using copy = new AssemblyCopy();
  tamper(copy);
  return checkContracts(await readAssembly(copy.dir));
}

const inReview = (edit: (template: Template) => void) =>
  problemsAfter((copy) => copy.editTemplate('prod', 'account-review', edit));

const roleStatements = (template: Template): Template[] =>
  resources(template, 'AWS::IAM::Role')[0]?.Properties.Policies[0].PolicyDocument.Statement;

describe('the contract test on the synthesised assembly', () => {
  it('passes as synthesised, with an orchestrator found in every stage', async () => {
    const assembly = await readAssembly(ASSEMBLY);
    const orchestrators = assembly.stages.map(({ name, stateMachines }) => [
      name,
      stateMachines.flatMap(({ orchestration }) => orchestration?.name ?? []),
    ]);
    expect(orchestrators).toEqual([
      ['dev', expect.arrayContaining(['account-review'])],
      ['prod', expect.arrayContaining(['account-review'])],
    ]);
    expect(checkContracts(assembly).map(problemLine)).toEqual([]);
  });

  it('catches a configuration field of a wrong type', async () => {
    const problems = await inReview((template) =>
      replaceInDefinition(template, '"maxAgeDays":90', '"maxAgeDays":"90"'),
    );
    expect(problems.map(problemLine)).toEqual([
      'prod › account-review › credential-audit › configuration.maxAgeDays: must be integer; it is "90"',
    ]);
  });

  it('catches a missing configuration field, in each target that lacks it', async () => {
    const problems = await inReview((template) =>
      replaceInDefinition(template, '"monthlyBudget":{"amount":1000,"currency":"USD"},', ''),
    );
    expect(problems.map(({ target, path, reason }) => [target, path, reason])).toEqual([
      ['billing-alerts-actual', 'configuration.monthlyBudget', 'is missing'],
      ['billing-alerts-forecast', 'configuration.monthlyBudget', 'is missing'],
    ]);
  });

  it('catches an extra field in a strict schema', async () => {
    const problems = await inReview((template) =>
      replaceInDefinition(template, '"maxAgeDays":90', '"maxAgeDays":90,"maxAge":90'),
    );
    expect(problems).toMatchObject([
      { code: 'CONFIGURATION', target: 'credential-audit', path: 'configuration.maxAge' },
    ]);
  });

  it("catches a field gone from the orchestrator's payload, in each target that needs it", async () => {
    const problems = await inReview((template) => {
      const [machine] = resources(template, 'AWS::StepFunctions::StateMachine');
      const { payload } = machine?.Metadata['harmony:orchestration'] ?? {};
      delete payload.properties.period;
      payload.required = ['account'];
    });
    expect(problems.map(({ code, target, path }) => [code, target, path])).toEqual([
      ['PAYLOAD', 'billing-alerts-actual', 'payload.period'],
      ['PAYLOAD', 'billing-alerts-forecast', 'payload.period'],
    ]);
  });

  it('catches a field that the payload holds no longer for certain', async () => {
    const problems = await inReview((template) => {
      const [machine] = resources(template, 'AWS::StepFunctions::StateMachine');
      machine?.Metadata['harmony:orchestration'].payload.required.pop();
    });
    expect(problems.map(({ path }) => path)).toEqual(['payload.period', 'payload.period']);
  });

  it('catches a target whose child is not in the assembly', async () => {
    const problems = await problemsAfter((copy) => copy.removeStack('prod', 'tag-compliance'));
    const inReview = problems.filter(({ orchestrator }) => orchestrator === 'account-review');
    expect(inReview).toMatchObject([
      { code: 'CHILD_MISSING', stage: 'prod', target: 'tag-compliance' },
    ]);
  });

  it('catches a missing permission', async () => {
    const problems = await inReview((template) => {
      const [start] = roleStatements(template);
      if (start)
        start.Resource = start.Resource.filter(
          (arn: unknown) => !JSON.stringify(arn).includes('prod-tag-compliance'),
        );
    });
    expect(problems).toMatchObject([{ code: 'PERMISSION_MISSING', path: 'role' }]);
    expect(problems[0]?.reason).toContain(`${STATES}:stateMachine:prod-tag-compliance`);
  });

  it('catches a permission on another child', async () => {
    const other = `${STATES}:stateMachine:prod-other`;
    const problems = await inReview((template) =>
      roleStatements(template)[0]?.Resource.push(other),
    );
    expect(problems).toMatchObject([{ code: 'PERMISSION_EXCESSIVE', path: 'role' }]);
    expect(problems[0]?.reason).toContain(other);
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
