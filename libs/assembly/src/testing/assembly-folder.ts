import { METADATA } from '@harmony/artifact';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Any JSON object; tests edit these freely. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates have no type worth writing
export type Template = Record<string, any>;

/** Stack templates of one stage, by stack id. */
export type StageTemplates = Record<string, Template>;

/** Writes a cloud assembly as CDK lays it out, and returns its folder. */
export function writeAssembly(stages: Record<string, StageTemplates>): string {
  const dir = mkdtempSync(join(tmpdir(), 'harmony-assembly-'));
  const write = (path: string, value: unknown) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), JSON.stringify(value));
  };
  write('asset.abc/index.mjs', '');
  write('manifest.json', {
    version: '48.0.0',
    artifacts: Object.fromEntries(
      Object.keys(stages).map((stage) => [
        `assembly-${stage}`,
        {
          type: 'cdk:cloud-assembly',
          properties: { directoryName: `assembly-${stage}`, displayName: stage },
        },
      ]),
    ),
  });
  for (const [stage, stacks] of Object.entries(stages)) {
    const folder = `assembly-${stage}`;
    write(`${folder}/manifest.json`, {
      version: '48.0.0',
      artifacts: artifacts(stage, Object.keys(stacks)),
    });
    for (const [id, template] of Object.entries(stacks)) {
      write(`${folder}/${id}.template.json`, template);
      write(`${folder}/${id}.assets.json`, {
        files: {
          abc: {
            source: { path: '../asset.abc', packaging: 'zip' },
            destinations: { here: { objectKey: 'abc.zip' } },
          },
        },
      });
    }
  }
  return dir;
}

function artifacts(stage: string, ids: readonly string[]) {
  return Object.fromEntries(
    ids.flatMap((id) => [
      [`${id}.assets`, { type: 'cdk:asset-manifest', properties: { file: `${id}.assets.json` } }],
      [
        id,
        {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: `${id}.template.json`, stackName: `${stage}-${id}` },
          dependencies: [`${id}.assets`],
        },
      ],
    ]),
  );
}

const account = { Ref: 'AWS::AccountId' };
const region = { Ref: 'AWS::Region' };
const partition = { Ref: 'AWS::Partition' };

/** `arn:<partition>:<service>:<region>:<account>:<rest>` as CDK writes it. */
export function arn(service: string, rest: string) {
  return {
    'Fn::Join': ['', ['arn:', partition, `:${service}:`, region, ':', account, `:${rest}`]],
  };
}

/** A new one each time: tests edit them in place. */
export function payloadSchema() {
  return {
    type: 'object',
    properties: { account: { type: 'string' } },
    required: ['account'],
  };
}

function allow(action: string | readonly string[], resource: unknown) {
  return { Effect: 'Allow', Action: action, Resource: resource };
}

/** @param statement one or a list: IAM takes both */
function roleWith(statement: unknown): Template {
  const policy = { PolicyName: 'Permissions', PolicyDocument: { Statement: statement } };
  return { Type: 'AWS::IAM::Role', Properties: { Policies: [policy] } };
}

function stateMachine(properties: Template, metadata: Template): Template {
  return {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...properties },
    Metadata: metadata,
  };
}

/** A child's template: one function, one state machine with a contract. */
export function childTemplate(stage: string, child: string): Template {
  return {
    Resources: {
      Role: roleWith(allow('lambda:InvokeFunction', { 'Fn::GetAtt': ['CheckInput', 'Arn'] })),
      CheckInput: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: `${stage}-${child}-check-input`,
          Code: {
            S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}-${AWS::Region}' },
            S3Key: 'abc.zip',
          },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Timeout: 30,
          MemorySize: 256,
          Environment: { Variables: { STACK: { Ref: 'AWS::StackName' } } },
        },
      },
      StateMachine: stateMachine(
        {
          StateMachineName: `${stage}-${child}`,
          DefinitionString: JSON.stringify({
            StartAt: 'A',
            States: { A: { Type: 'Pass', Parameters: { f: '${CheckInput}', g: '${Other}' } } },
          }),
          DefinitionSubstitutions: { CheckInput: { 'Fn::GetAtt': ['CheckInput', 'Arn'] } },
        },
        {
          [METADATA.contract]: {
            name: child,
            hash: 'h',
            payload: payloadSchema(),
            configuration: {
              type: 'object',
              properties: {
                limit: { type: 'integer', minimum: 1 },
                tags: { type: 'array', items: { type: 'string' } },
                'cost-centre': { type: 'string' },
                since: { type: 'string', format: 'date' },
              },
              required: ['limit'],
              additionalProperties: false,
            },
            output: {},
          },
          [METADATA.mocks]: `apps/${child}/mocks.json`,
        },
      ),
    },
  };
}

/** An orchestrator as a stack would hold it. */
export interface FixtureOrchestrator {
  /** Amazon States Language; `@@name@@` becomes the ARN of the state machine of that name. */
  readonly definition: object;
  /** The metadata `harmony:orchestration`. */
  readonly document: object;
  /** Names of the state machines that it starts. */
  readonly children: readonly string[];
}

/** An orchestrator's template with exactly the permissions it needs. */
export function orchestratorTemplate(
  stage: string,
  { definition, document, children }: FixtureOrchestrator,
): Template {
  const text = JSON.stringify(definition);
  const parts = text
    .split('@@')
    .flatMap((part, index) =>
      index % 2 === 0
        ? [part]
        : ['arn:', partition, ':states:', region, ':', account, `:stateMachine:${part}`],
    );
  return {
    Resources: {
      Role: roleWith([
        allow(
          'states:StartExecution',
          children.map((name) => arn('states', `stateMachine:${name}`)),
        ),
        allow(
          ['states:DescribeExecution', 'states:StopExecution'],
          children.map((name) => arn('states', `execution:${name}:*`)),
        ),
      ]),
      Rule: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Statement: [
              allow(
                ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
                arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'),
              ),
              allow('logs:CreateLogDelivery', '*'),
            ],
          },
        },
      },
      StateMachine: stateMachine(
        {
          StateMachineName: `${stage}-review`,
          StateMachineType: 'STANDARD',
          DefinitionString: { 'Fn::Join': ['', parts] },
        },
        {
          [METADATA.orchestration]: document,
        },
      ),
    },
  };
}
