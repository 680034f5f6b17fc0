import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { arn, type StageTemplates, type Template, writeAssembly } from '@harmony/assembly/testing';
import { readAssembly } from '@harmony/assembly';
import { reviewTemplate, soundStage } from '../testing/sound-stage.ts';
import { findingLine } from '../finding.ts';
import { checkContracts } from './check-contracts.ts';
import type { ContractFinding } from './contract-finding.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function problemsIn(stages: Record<string, StageTemplates>): Promise<ContractFinding[]> {
  const dir = writeAssembly(stages);
  folders.push(dir);
  return checkContracts(await readAssembly(dir));
}

/** The problems of a sound stage after one edit. */
function problemsAfter(edit: (stage: StageTemplates) => void): Promise<ContractFinding[]> {
  const stage = soundStage('dev');
  edit(stage);
  return problemsIn({ dev: stage });
}

function problemsWith(configuration: unknown): Promise<ContractFinding[]> {
  return problemsAfter((stage) => {
    stage.review = reviewTemplate('dev', [{ id: 'one', child: 'alpha', configuration }]);
  });
}

const at = (stage: StageTemplates, id: string): Template => stage[id] ?? {};
const contractOf = (stage: StageTemplates, id: string): Template =>
  at(stage, id).Resources.StateMachine.Metadata['harmony:contract'];
const statementsOf = (stage: StageTemplates): Template[] =>
  at(stage, 'review').Resources.Role.Properties.Policies[0].PolicyDocument.Statement;

describe('checkContracts', () => {
  it('finds nothing in a sound assembly of two stages', async () => {
    expect(await problemsIn({ dev: soundStage('dev'), prod: soundStage('prod') })).toEqual([]);
  });

  it('names stage, orchestrator, target, path and reason in one line', async () => {
    const problems = await problemsWith({ limit: 'many' });
    expect(problems.map((problem) => findingLine(problem))).toEqual([
      'error: dev › review › one › configuration.limit: must be integer; it is "many" (CONFIGURATION)',
    ]);
  });

  it.each([
    ['a wrong type', { limit: 1.5 }, 'configuration.limit', 'must be integer'],
    ['a wrong type in a list', { limit: 1, tags: ['a', 2] }, 'configuration.tags[1]', 'string'],
    ['a missing field', {}, 'configuration.limit', 'is missing'],
    ['an extra field', { limit: 1, extra: 1 }, 'configuration.extra', 'not a known field'],
    ['a value out of bounds', { limit: 0 }, 'configuration.limit', '>= 1'],
    ['an odd key', { limit: 1, 'cost-centre': 1 }, 'configuration["cost-centre"]', 'string'],
    ['a wrong format', { limit: 1, since: 'soon' }, 'configuration.since', 'date'],
    ['no object at all', 'x', 'configuration', 'object'],
  ])('catches %s in a configuration', async (_, configuration, path, reason) => {
    const problems = await problemsWith(configuration);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'CONFIGURATION', target: 'one', field: path });
    expect(problems[0]?.message).toContain(reason);
  });

  it('reports everything wrong with a configuration, not the first thing', async () => {
    const problems = await problemsWith({ limit: 'x', extra: 1, tags: [1, 2] });
    expect(problems.map(({ field }) => field).sort()).toEqual([
      'configuration.extra',
      'configuration.limit',
      'configuration.tags[0]',
      'configuration.tags[1]',
    ]);
  });

  it('catches a payload field that a child requires and the orchestrator does not have', async () => {
    const problems = await problemsAfter((stage) => {
      contractOf(stage, 'beta').payload = {
        type: 'object',
        properties: { period: { type: 'string' } },
        required: ['period'],
      };
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: 'PAYLOAD',
      target: 'three',
      field: 'payload.period',
    });
  });

  it('asks for no field that a child can do without', async () => {
    const problems = await problemsAfter((stage) => {
      contractOf(stage, 'beta').payload.properties.note = { type: 'string' };
    });
    expect(problems).toEqual([]);
  });

  it('names a required field deep in the payload', async () => {
    const problems = await problemsAfter((stage) => {
      const nested = (required: string[]) => ({
        type: 'object',
        properties: {
          account: { type: 'string' },
          sites: {
            type: 'array',
            items: { type: 'object', properties: { id: { type: 'string' } }, required },
          },
        },
        required: ['account', 'sites'],
      });
      contractOf(stage, 'beta').payload = nested(['id']);
      at(stage, 'review').Resources.StateMachine.Metadata['harmony:orchestration'].payload = nested(
        [],
      );
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ target: 'three', field: 'payload.sites[*].id' });
  });

  it('reports it for each target of that child', async () => {
    const problems = await problemsAfter((stage) => {
      contractOf(stage, 'alpha').payload.properties.account.type = 'number';
    });
    expect(problems.map(({ target, field }) => [target, field])).toEqual([
      ['one', 'payload.account'],
      ['two', 'payload.account'],
    ]);
  });

  it('catches a target whose child is not in the assembly, and lists the children there', async () => {
    const problems = await problemsAfter((stage) => {
      delete stage.beta;
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'CHILD_MISSING', target: 'three' });
    expect(problems[0]?.message).toContain('dev-beta');
    expect(problems[0]?.message).toContain('alpha');
  });

  it("catches a target that reaches into another stage's child", async () => {
    const problems = await problemsIn({
      dev: { ...soundStage('dev'), review: reviewTemplate('prod') },
      prod: soundStage('prod'),
    });
    expect(problems.map(({ code }) => code)).toEqual(Array(3).fill('CHILD_MISSING'));
    expect(problems[0]?.message).toContain('belongs to stage prod');
  });

  it('catches a state machine that carries no contract', async () => {
    const problems = await problemsAfter((stage) => {
      delete at(stage, 'beta').Resources.StateMachine.Metadata['harmony:contract'];
    });
    expect(problems).toMatchObject([{ code: 'CONTRACT_MISSING', target: 'three' }]);
  });

  it('catches an ARN that leads to another child than the one named', async () => {
    const problems = await problemsAfter((stage) => {
      contractOf(stage, 'beta').name = 'gamma';
    });
    expect(problems).toMatchObject([{ code: 'CHILD_MISMATCH', target: 'three', field: 'child' }]);
  });

  it('catches a definition without a target list', async () => {
    const problems = await problemsAfter((stage) => {
      at(stage, 'review').Resources.StateMachine.Properties.DefinitionString = '{"States":{}}';
    });
    expect(problems).toMatchObject([{ code: 'DEFINITION_UNREADABLE', orchestrator: 'review' }]);
  });

  it.each([
    [
      'start',
      0,
      'states:StartExecution on arn:aws:states:us-east-1:123456789012:stateMachine:dev-beta',
    ],
    [
      'describe and stop',
      1,
      'states:DescribeExecution on arn:aws:states:us-east-1:123456789012:execution:dev-beta:*',
    ],
  ])('catches a missing permission to %s one child', async (_, index, reason) => {
    const problems = await problemsAfter((stage) => statementsOf(stage)[index]?.Resource.pop());
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every(({ code }) => code === 'PERMISSION_MISSING')).toBe(true);
    expect(problems[0]?.message).toContain(reason);
    expect(problems[0]).toMatchObject({ stage: 'dev', orchestrator: 'review', field: 'role' });
  });

  it('catches a missing permission on the rule that tells of ended children', async () => {
    const problems = await problemsAfter((stage) => {
      delete at(stage, 'review').Resources.Rule;
    });
    expect(problems.map(({ code }) => code)).toEqual(Array(3).fill('PERMISSION_MISSING'));
  });

  it('counts neither a conditional permission nor one that is denied', async () => {
    const conditional = await problemsAfter((stage) => {
      Object.assign(statementsOf(stage)[0] ?? {}, { Condition: { Bool: { a: 'true' } } });
    });
    expect(conditional.map(({ code }) => code)).toEqual(Array(2).fill('PERMISSION_MISSING'));
    const denied = await problemsAfter((stage) => {
      statementsOf(stage).push({ Effect: 'Deny', Action: 'states:Stop*', Resource: '*' });
    });
    expect(denied.map(({ code }) => code)).toEqual(Array(2).fill('PERMISSION_MISSING'));
  });

  it.each<[string, Template]>([
    [
      'another child',
      { Action: 'states:StartExecution', Resource: arn('states', 'stateMachine:dev-gamma') },
    ],
    [
      'a sibling by prefix',
      { Action: 'states:StopExecution', Resource: arn('states', 'execution:dev-alpha*') },
    ],
    ['every state machine', { Action: 'states:StartExecution', Resource: '*' }],
    [
      'every action of Step Functions',
      { Action: 'states:*', Resource: arn('states', 'stateMachine:dev-alpha') },
    ],
    ['every action', { Action: '*', Resource: '*' }],
    [
      'an action it does not need',
      { Action: 'states:DeleteStateMachine', Resource: arn('states', 'stateMachine:dev-alpha') },
    ],
    ['another rule', { Action: 'events:PutRule', Resource: '*' }],
    ['all but one action', { NotAction: 'iam:*', Resource: '*' }],
    [
      'all but one resource',
      { Action: 'states:StartExecution', NotResource: 'arn:aws:states:::x' },
    ],
  ])('catches one permission too many: %s', async (_, statement) => {
    const problems = await problemsAfter((stage) => {
      statementsOf(stage).push({ Effect: 'Allow', ...statement });
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'PERMISSION_EXCESSIVE', field: 'role' });
  });

  it('catches a policy whose statements it cannot know', async () => {
    const problems = await problemsAfter((stage) => {
      at(stage, 'review').Resources.Role.Properties.ManagedPolicyArns = [
        'arn:aws:iam::aws:policy/X',
      ];
    });
    expect(problems).toMatchObject([{ code: 'PERMISSION_EXCESSIVE' }]);
    expect(problems[0]?.message).toContain('arn:aws:iam::aws:policy/X');
  });
});
