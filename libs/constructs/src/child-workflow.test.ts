import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { childFolder, emptyContract, WORKFLOW } from './testing/child-folder.ts';
import { ChildWorkflow, type ChildWorkflowProps } from './child-workflow.ts';
import { ConstructError } from './errors.ts';
import { testStage } from './stage/settings.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(files?: Record<string, string>): string {
  const root = childFolder(files);
  folders.push(dirname(dirname(root)));
  return root;
}

function build(props: Partial<ChildWorkflowProps> = {}) {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }), 'my-child');
  const workflow = new ChildWorkflow(stack, 'Workflow', {
    stage: testStage,
    contract: emptyContract('my-child'),
    root: props.root ?? folder(),
    timeout: Duration.minutes(5),
    ...props,
  });
  return { workflow, template: () => Template.fromStack(stack) };
}

/** The definition of its state machine, as CloudFormation makes it in GovCloud. */
function definitionIn(template: Template): object {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const { DefinitionString } = machine?.['Properties'] as {
    readonly DefinitionString: string | { readonly 'Fn::Join': [string, readonly unknown[]] };
  };
  if (typeof DefinitionString === 'string') return JSON.parse(DefinitionString) as object;
  const parts = DefinitionString['Fn::Join'][1].map((part) => {
    if (typeof part === 'string') return part;
    expect(part).toEqual({ Ref: 'AWS::Partition' });
    return 'aws-us-gov';
  });
  return JSON.parse(parts.join('')) as object;
}

function refusal(props: Partial<ChildWorkflowProps>): ConstructError {
  try {
    build(props);
  } catch (error) {
    if (error instanceof ConstructError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('ChildWorkflow', () => {
  it('makes a Standard state machine named after stage and child, with a timeout and tracing', () => {
    const template = build().template();
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'dev-my-child',
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      DefinitionSubstitutions: { CheckInput: Match.anyValue() },
    });
    expect(definitionIn(template)).toMatchObject({ TimeoutSeconds: 300 });
  });

  it('calls services in the partition of its stage, wherever a state does, and changes no other text', () => {
    const aws = 'arn:aws:states:::aws-sdk:s3:getObject';
    const foreign = 'arn:aws-cn:states:::aws-sdk:s3:getObject';
    const call = { Type: 'Task', Resource: aws, Arguments: { Resource: aws }, End: true };
    const level = { StartAt: 'Call', States: { Call: call } };
    const states = {
      'Check input': { ...call, Resource: '${CheckInput}' },
      Call: { ...call, Resource: foreign },
      Each: {
        ...{ Type: 'Map', ItemProcessor: level, End: true },
        ItemReader: { Resource: aws, Arguments: { Bucket: aws } },
        ResultWriter: { Resource: aws },
      },
      Older: { Type: 'Map', Iterator: level, End: true },
      Both: {
        Type: 'Parallel',
        Branches: [level, { ...level, States: { Each: { Type: 'Map', ItemProcessor: level } } }],
      },
      Text: { Type: 'Pass', Result: { Resource: aws }, Comment: aws, End: true },
    };
    const root = folder({
      'workflow.asl.json': JSON.stringify({ StartAt: 'Check input', States: states }),
    });
    rmSync(join(root, 'workflow.asl.yaml'));
    const inGov = JSON.stringify({
      ...definitionIn(build({ root }).template()),
      TimeoutSeconds: 0,
    });
    const resources = (text: string, arn: string) => text.split(`"Resource":"${arn}"`).length - 1;
    const here = 'arn:aws-us-gov:states:::aws-sdk:s3:getObject';
    // Four nested calls, the reader and the writer; the arguments of six tasks and one result stay.
    expect(resources(inGov, here)).toBe(6);
    expect(resources(inGov, aws)).toBe(7);
    expect(resources(inGov, foreign)).toBe(1);
    expect(inGov).toContain(`"Bucket":"${aws}"`);
  });

  it('makes a function per handler file, leaving tests out, on nodejs24.x and arm64', () => {
    const template = build().template();
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'dev-my-child-check-input',
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
    });
  });

  it('logs everything, execution data as the stage says, for as long as the stage says', () => {
    const root = folder();
    const template = build({
      root,
      stage: { ...testStage, includeExecutionData: false },
    }).template();
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/vendedlogs/states/dev-my-child',
      RetentionInDays: 7,
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/lambda/dev-my-child-check-input',
      RetentionInDays: 7,
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  });

  it('gives every role inline or attached policies of its own and no managed one', () => {
    const template = build().template();
    const roles = Object.values(template.findResources('AWS::IAM::Role'));
    expect(roles).toHaveLength(2);
    for (const role of roles) expect(role.Properties.ManagedPolicyArns).toBeUndefined();
  });

  it('lets the state machine invoke its own functions, and do what the child asks for', () => {
    const { workflow, template } = build({
      policies: [new PolicyStatement({ actions: ['sns:Publish'], resources: ['arn:aws:sns:::a'] })],
    });
    workflow.addPermissions(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: ['arn:aws:s3:::b/c'] }),
    );
    const [lambda] = Object.keys(template().findResources('AWS::Lambda::Function'));
    template().hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Action: 'lambda:InvokeFunction',
                Effect: 'Allow',
                Resource: { 'Fn::GetAtt': [lambda, 'Arn'] },
              },
              { Action: 'sns:Publish', Effect: 'Allow', Resource: 'arn:aws:sns:::a' },
              { Action: 's3:PutObject', Effect: 'Allow', Resource: 'arn:aws:s3:::b/c' },
            ],
          },
        },
      ],
    });
  });

  it('creates the state machine only after the policy that lets it deliver logs', () => {
    const template = build().template();
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    template.hasResource('AWS::StepFunctions::StateMachine', {
      DependsOn: Match.arrayWith([policy]),
    });
  });

  it('carries the contract and the path of its mocks, relative to the workspace', () => {
    const contract = emptyContract('my-child');
    build({ contract })
      .template()
      .hasResource('AWS::StepFunctions::StateMachine', {
        Metadata: {
          'harmony:contract': contract.document,
          'harmony:mocks': 'apps/my-child/mocks.json',
        },
      });
  });

  it('deploys the same function when its source map alone is another, and another one when its code is', () => {
    const keyOf = (files: Record<string, string>): unknown => {
      const [lambda] = Object.values(
        build({ root: folder(files) })
          .template()
          .findResources('AWS::Lambda::Function'),
      );
      return lambda?.['Properties'].Code.S3Key;
    };
    const code = keyOf({});
    expect(keyOf({ 'dist/check-input/index.mjs.map': '{"version":3}' })).toBe(code);
    expect(keyOf({ 'dist/check-input/index.mjs': 'export const handler = 1;' })).not.toBe(code);
    expect(keyOf({ 'dist/check-input/chunk.mjs': '' })).not.toBe(code);
  });

  it('refuses a child whose handlers are not bundled, and says how to bundle them', () => {
    const root = folder();
    rmSync(join(root, 'dist'), { recursive: true });
    const error = refusal({ root });
    expect(error.code).toBe('BUNDLE_MISSING');
    expect(error.message).toContain('npx nx build my-child');
  });

  it('reads its definition from workflow.asl.json too, and makes the same of it', () => {
    const root = folder({ 'workflow.asl.json': JSON.stringify(parse(WORKFLOW)) });
    rmSync(join(root, 'workflow.asl.yaml'));
    const states = (props?: Partial<ChildWorkflowProps>) => definitionIn(build(props).template());
    expect(states({ root })).toEqual(states());
  });

  it('refuses a folder without a definition, and says which files may hold one', () => {
    const root = folder();
    rmSync(join(root, 'workflow.asl.yaml'));
    const error = refusal({ root });
    expect(error.code).toBe('ASL_MISSING');
    expect(error.message).toContain(
      `${root} holds neither workflow.asl.yaml nor workflow.asl.json`,
    );
  });

  it('refuses a folder with two definitions, and says to remove one', () => {
    const root = folder({ 'workflow.asl.json': '{}' });
    const error = refusal({ root });
    expect(error.code).toBe('ASL_AMBIGUOUS');
    expect(error.message).toContain(`${root} holds both workflow.asl.yaml and workflow.asl.json`);
    expect(error.message).toContain('remove the other');
  });

  it('names JSON where a definition in JSON does not parse', () => {
    const root = folder({ 'workflow.asl.json': 'States: {}' });
    rmSync(join(root, 'workflow.asl.yaml'));
    const error = refusal({ root });
    expect(error.code).toBe('ASL_INVALID');
    expect(error.message).toContain('workflow.asl.json is not JSON');
  });

  it.each([
    ['ASL_INVALID', { 'workflow.asl.yaml': 'States: [' }, 'workflow.asl.yaml'],
    ['ASL_INVALID', { 'workflow.asl.yaml': 'StartAt: A' }, 'States'],
    [
      'ASL_SUBSTITUTION_UNKNOWN',
      { 'workflow.asl.yaml': WORKFLOW.replace('CheckInput', 'Chek') },
      '${Chek}',
    ],
    ['HANDLER_UNUSED', { 'src/handlers/other.ts': '', 'dist/other/index.mjs': '' }, 'other.ts'],
    [
      'TIMEOUT_DECLARED_TWICE',
      { 'workflow.asl.yaml': `TimeoutSeconds: 5\n${WORKFLOW}` },
      'TimeoutSeconds',
    ],
  ])('refuses a folder that does not fit together: %s', (code, files, message) => {
    const error = refusal({ root: folder(files) });
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it.each(['chek', 'filter_prefix', 'Filter.Arn', 'AWS::Region', '2nd', 'a-b'])(
    'names a substitution without a value, %s, with its line, whatever its spelling',
    (name) => {
      const text = `# first\n${WORKFLOW.replace('${CheckInput}', `\${${name}}`)}`;
      const error = refusal({ root: folder({ 'workflow.asl.yaml': text }) });
      expect(error.code).toBe('ASL_SUBSTITUTION_UNKNOWN');
      const line = text.split('\n').findIndex((each) => each.includes(`\${${name}}`)) + 1;
      expect(error.message).toMatch(new RegExp(`workflow\\.asl\\.yaml:${line}:\\d+: `));
      expect(error.message).toContain(`\${${name}} has no value`);
      expect(error.message).toContain('Give its value in substitutions of its ChildWorkflow');
    },
  );

  it('says how a substitution is written that has a value', () => {
    const text = WORKFLOW.replace('${CheckInput}', '${check_input}');
    const error = refusal({ root: folder({ 'workflow.asl.yaml': text }) });
    expect(error.message).toContain('Write ${CheckInput}.');
  });

  it('takes a substitution in any spelling that is given a value', () => {
    const text = `Comment: \${filter_prefix}\n${WORKFLOW}`;
    const root = folder({ 'workflow.asl.yaml': text });
    const machine = build({ root, substitutions: { filter_prefix: 'shop-' } }).template();
    expect(JSON.stringify(machine)).toContain('"filter_prefix":"shop-"');
  });

  it('refuses a function name longer than Lambda allows', () => {
    const error = refusal({ contract: emptyContract('c'.repeat(60)), root: folder() });
    expect(error.code).toBe('NAME_TOO_LONG');
  });
});
