import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  childTemplate,
  orchestratorTemplate,
  type StageTemplates,
  type Template,
  writeAssembly,
} from './testing/assembly-folder.ts';
import { AssemblyError } from './errors.ts';
import type { Stage } from './model.ts';
import { readAssembly } from './read-assembly.ts';

/** Two children and something that starts them; what it does is for others to read. */
function soundStage(stage: string): StageTemplates {
  const start = { Arguments: { StateMachineArn: `@@${stage}-alpha@@` }, End: true };
  const definition = {
    States: { Say: { Type: 'Pass', Result: ['${AWS::Region}', '${Foo}'] }, Start: start },
  };
  return {
    alpha: childTemplate(stage, 'alpha'),
    beta: childTemplate(stage, 'beta'),
    review: orchestratorTemplate(stage, {
      definition,
      document: { name: 'review' },
      children: [`${stage}-alpha`],
    }),
  };
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function write(...args: Parameters<typeof writeAssembly>): string {
  const dir = writeAssembly(...args);
  folders.push(dir);
  return dir;
}

async function readStage(templates: Record<string, Template>): Promise<Stage> {
  const assembly = await readAssembly(write({ dev: templates }));
  const [stage] = assembly.stages;
  if (!stage) throw new Error('the assembly has no stage');
  return stage;
}

async function refusal(dir: string): Promise<AssemblyError> {
  const error: unknown = await readAssembly(dir).catch((reason: unknown) => reason);
  if (error instanceof AssemblyError) return error;
  throw new Error('the assembly was read', { cause: error });
}

describe('readAssembly', () => {
  it.each([
    ['harmony:contract', { name: { Ref: 'Nobody' } }],
    ['harmony:orchestration', ['review']],
  ])('refuses metadata %s that is no document, by its machine', async (key, value) => {
    const { alpha } = soundStage('dev');
    const damaged = JSON.parse(JSON.stringify(alpha)) as {
      Resources: Record<string, { Type: string; Metadata?: Record<string, unknown> }>;
    };
    for (const resource of Object.values(damaged.Resources)) {
      if (resource.Type === 'AWS::StepFunctions::StateMachine')
        resource.Metadata = { [key]: value };
    }
    const error = await refusal(write({ dev: { alpha: damaged as unknown as Template } }));
    expect(error.code).toBe('ASSEMBLY_INVALID');
    expect(error.message).toContain(`The metadata ${key} of state machine dev-alpha is damaged`);
  });

  it('finds the stages of the nested assemblies, each with its own state machines', async () => {
    const dir = write({ dev: soundStage('dev'), prod: soundStage('prod') });
    const assembly = await readAssembly(dir);
    expect(assembly.dir).toBe(dir);
    expect(
      assembly.stages.map(({ name, stateMachines }) => [name, stateMachines.map((m) => m.name)]),
    ).toEqual([
      ['dev', ['dev-alpha', 'dev-beta', 'dev-review']],
      ['prod', ['prod-alpha', 'prod-beta', 'prod-review']],
    ]);
  });

  it.each([
    ['unknown-account/unknown-region', 'arn:aws:states:us-east-1:123456789012'],
    ['210987654321/unknown-region', 'arn:aws:states:us-east-1:210987654321'],
    ['210987654321/eu-central-1', 'arn:aws:states:eu-central-1:210987654321'],
    ['210987654321/us-gov-west-1', 'arn:aws-us-gov:states:us-gov-west-1:210987654321'],
    ['210987654321/cn-north-1', 'arn:aws-cn:states:cn-north-1:210987654321'],
  ])('reads account, region and partition of aws://%s', async (environment, start) => {
    const dir = write({ dev: soundStage('dev') });
    const manifest = join(dir, 'assembly-dev', 'manifest.json');
    const { version, artifacts } = JSON.parse(readFileSync(manifest, 'utf8')) as Template;
    for (const artifact of Object.values<Template>(artifacts)) {
      artifact.environment = `aws://${environment}`;
    }
    writeFileSync(manifest, JSON.stringify({ version, artifacts }));
    const [alpha, , review] = (await readAssembly(dir)).stages[0]?.stateMachines ?? [];
    expect(alpha?.arn).toBe(`${start}:stateMachine:dev-alpha`);
    expect(JSON.stringify(review?.definition)).toContain(`${start}:stateMachine:dev-alpha`);
    expect(JSON.stringify(alpha?.definition)).toContain(start.replace(':states:', ':lambda:'));
  });

  it('gives a state machine its ARN, role, contract and mocks', async () => {
    const stage = await readStage({ alpha: childTemplate('dev', 'alpha') });
    expect(stage.stateMachines[0]).toMatchObject({
      stage: 'dev',
      stack: 'dev-alpha',
      logicalId: 'StateMachine',
      arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:dev-alpha',
      roleArn: 'arn:aws:iam::123456789012:role/dev-alpha-Role',
      type: 'STANDARD',
      contract: { name: 'alpha' },
      mocks: 'apps/alpha/mocks.json',
      policies: [
        {
          effect: 'Allow',
          actions: ['lambda:InvokeFunction'],
          resources: ['arn:aws:lambda:us-east-1:123456789012:function:dev-alpha-check-input'],
        },
      ],
    });
  });

  it('applies DefinitionSubstitutions and leaves every other ${…} as it is', async () => {
    const stage = await readStage({ alpha: childTemplate('dev', 'alpha') });
    expect(stage.stateMachines[0]?.definition).toEqual({
      StartAt: 'A',
      States: {
        A: {
          Type: 'Pass',
          Parameters: {
            f: 'arn:aws:lambda:us-east-1:123456789012:function:dev-alpha-check-input',
            g: '${Other}',
          },
        },
      },
    });
  });

  it('leaves ${…} in the literals of an orchestrator as they are', async () => {
    const stage = await readStage(soundStage('dev'));
    const definition = JSON.stringify(stage.stateMachines[2]?.definition);
    expect(definition).toContain('"${AWS::Region}","${Foo}"');
    expect(definition).toContain('arn:aws:states:us-east-1:123456789012:stateMachine:dev-alpha');
  });

  it('finds the asset folder and settings of each function', async () => {
    const dir = write({ dev: { alpha: childTemplate('dev', 'alpha') } });
    const assembly = await readAssembly(dir);
    expect(assembly.stages[0]?.functions).toEqual([
      {
        name: 'dev-alpha-check-input',
        arn: 'arn:aws:lambda:us-east-1:123456789012:function:dev-alpha-check-input',
        runtime: 'nodejs24.x',
        handler: 'index.handler',
        qualifiers: [],
        code: { kind: 'folder', path: join(dir, 'asset.abc') },
        timeoutSeconds: 30,
        memoryMb: 256,
        environment: { STACK: 'dev-alpha' },
      },
    ]);
  });

  it('reads a definition given as an object', async () => {
    const template = childTemplate('dev', 'alpha');
    const properties = template.Resources.StateMachine.Properties;
    delete properties.DefinitionString;
    properties.Definition = { StartAt: 'A', Comment: { Ref: 'AWS::Region' }, N: '${CheckInput}' };
    const stage = await readStage({ alpha: template });
    expect(stage.stateMachines[0]?.definition).toEqual({
      StartAt: 'A',
      Comment: 'us-east-1',
      N: 'arn:aws:lambda:us-east-1:123456789012:function:dev-alpha-check-input',
    });
  });

  it('collects the statements of attached and of own managed policies, and names foreign ones', async () => {
    const template = childTemplate('dev', 'alpha');
    const document = (action: string) => ({
      Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
    });
    template.Resources.Role.Properties.ManagedPolicyArns = [
      { Ref: 'Managed' },
      'arn:aws:iam::aws:policy/AdministratorAccess',
    ];
    template.Resources.Managed = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: document('a:Managed') },
    };
    template.Resources.Attached = {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: document('a:Attached'), Roles: [{ Ref: 'Role' }] },
    };
    template.Resources.Elsewhere = {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: document('a:Elsewhere'), Roles: ['other'] },
    };
    const stage = await readStage({ alpha: template });
    const [machine] = stage.stateMachines;
    expect(machine?.policies.flatMap(({ actions }) => actions)).toEqual([
      'lambda:InvokeFunction',
      'a:Attached',
      'a:Managed',
    ]);
    expect(machine?.foreignPolicies).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess']);
  });

  it('says how to make an assembly where there is none', async () => {
    const error = await refusal('/nowhere/at/all');
    expect(error.code).toBe('ASSEMBLY_NOT_FOUND');
    expect(error.message).toContain('/nowhere/at/all');
    expect(error.message).toContain('npx nx synth infra');
  });

  it('names the damaged file', async () => {
    const dir = write({ dev: soundStage('dev') });
    mkdirSync(join(dir, 'assembly-dev'), { recursive: true });
    writeFileSync(join(dir, 'assembly-dev', 'beta.template.json'), '{');
    const error = await refusal(dir);
    expect(error.code).toBe('ASSEMBLY_INVALID');
    expect(error.message).toContain('beta.template.json');
  });

  it('names the state machine whose definition is not JSON', async () => {
    const template = childTemplate('dev', 'alpha');
    template.Resources.StateMachine.Properties.DefinitionString = '{';
    const error = await refusal(write({ dev: { alpha: template } }));
    expect(error.code).toBe('DEFINITION_INVALID');
    expect(error.message).toContain('dev-alpha');
  });
});
