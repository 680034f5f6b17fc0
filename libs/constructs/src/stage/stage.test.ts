import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Duration } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { defineContract } from '@harmony/contract';
import { defineOrchestration, defineShared, stageRef, target } from '@harmony/orchestration';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { childFolder, emptyContract } from '../testing/child-folder.ts';
import { ChildWorkflow } from '../child-workflow.ts';
import { Orchestrator } from '../orchestrator.ts';
import { SharedResources } from '../shared-resources.ts';
import { synthesise } from '../synthesise.ts';
import { checkSettings } from './check-settings.ts';
import { type StageSettings, testStage } from './settings.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates have no type worth writing
type Template = Record<string, any>;

const KEY = 'arn:aws-us-gov:kms:us-gov-west-1:210987654321:key/abc-1';
const full: StageSettings = {
  ...testStage,
  name: 'prod',
  env: { account: '210987654321', region: 'us-gov-west-1' },
  protect: true,
  tracing: false,
  permissionsBoundary: 'platform-boundary',
  tags: { team: 'billing', 'cost-centre': '4711' },
  kmsKeyArn: KEY,
};

const notify = defineContract({
  name: 'my-child',
  payload: z.object({}),
  configuration: z.strictObject({ region: z.enum(['eu-central-1', 'us-gov-west-1']) }),
  output: z.object({}),
  examples: [{ payload: {}, configuration: { region: 'eu-central-1' } }],
});
const orchestration = defineOrchestration({
  name: 'review',
  payload: z.object({}),
  targets: [target(notify, { id: 't', configuration: { region: stageRef.region } })],
});

let root = '';
const folder = mkdtempSync(join(tmpdir(), 'harmony-stage-'));
beforeAll(() => {
  root = childFolder();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(dirname(dirname(root)), { recursive: true });
});

/** The manifest and the templates of one stage, by stack. */
function build(stage: StageSettings, commit?: string): Template {
  const outdir = join(folder, 'cdk.out');
  synthesise({
    outdir,
    stages: [stage],
    ...(commit === undefined ? {} : { commit }),
    stacks: {
      'my-child': (stack, settings) =>
        new ChildWorkflow(stack, 'Workflow', {
          stage: settings,
          contract: emptyContract('my-child'),
          root,
          timeout: Duration.minutes(1),
          policies: [new PolicyStatement({ actions: ['s3:PutObject'], resources: ['*'] })],
        }),
      review: (stack, settings) =>
        new Orchestrator(stack, 'Orchestrator', { stage: settings, orchestration }),
      shared: (stack, settings) =>
        new SharedResources(stack, 'Shared', {
          stage: settings,
          shared: defineShared({ alerts: 'topic', reports: 'bucket' }),
        }),
    },
  });
  const nested = join(outdir, `assembly-${stage.name}`);
  const read = (file: string) => JSON.parse(readFileSync(join(nested, file), 'utf8')) as Template;
  const artifacts = Object.values<Template>(read('manifest.json').artifacts).filter(
    ({ type }) => type === 'aws:cloudformation:stack',
  );
  expect(readdirSync(nested).filter((file) => file.endsWith('.template.json'))).toHaveLength(3);
  return Object.fromEntries(
    artifacts.map(({ displayName, properties, environment }) => [
      String(displayName).split('/').at(-1),
      { ...properties, environment, ...read(properties.templateFile) },
    ]),
  );
}

const of = (template: Template, type: string): Template[] =>
  Object.values<Template>(template.Resources).filter(({ Type }) => Type === type);

describe('a stage with every setting', () => {
  let stacks: Template = {};
  beforeAll(() => {
    stacks = build(full, 'abc123');
  });

  test('is bound to its account and region, protected and tagged, with the commit', () => {
    for (const stack of Object.values<Template>(stacks)) {
      expect(stack.environment).toBe('aws://210987654321/us-gov-west-1');
      expect(stack.terminationProtection).toBe(true);
      expect(stack.tags).toEqual({ team: 'billing', 'cost-centre': '4711', commit: 'abc123' });
    }
  });

  test('has the same templates whatever the commit', () => {
    const other = build(full, 'def456');
    expect(other['my-child'].Resources).toEqual(stacks['my-child'].Resources);
  });

  test('bounds every role', () => {
    const roles = ['my-child', 'review'].flatMap((stack) => of(stacks[stack], 'AWS::IAM::Role'));
    expect(roles).toHaveLength(3);
    for (const { Properties } of roles) {
      expect(JSON.stringify(Properties.PermissionsBoundary)).toContain('policy/platform-boundary');
    }
  });

  test('encrypts state machines, logs, topic and bucket with its key', () => {
    for (const stack of ['my-child', 'review']) {
      const [machine] = of(stacks[stack], 'AWS::StepFunctions::StateMachine');
      expect(machine?.Properties.EncryptionConfiguration).toEqual({
        Type: 'CUSTOMER_MANAGED_KMS_KEY',
        KmsKeyId: KEY,
        KmsDataKeyReusePeriodSeconds: 300,
      });
      for (const { Properties } of of(stacks[stack], 'AWS::Logs::LogGroup')) {
        expect(Properties.KmsKeyId).toBe(KEY);
      }
    }
    expect(of(stacks.shared, 'AWS::SNS::Topic')[0]?.Properties.KmsMasterKeyId).toBe(KEY);
    expect(JSON.stringify(of(stacks.shared, 'AWS::S3::Bucket')[0]?.Properties)).toContain(KEY);
  });

  test('grants each state machine what its key needs, and no more', () => {
    const keyGrants = (stack: string) =>
      of(stacks[stack], 'AWS::IAM::Policy')
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Template[])
        .filter(({ Resource }) => Resource === KEY)
        .map(({ Action, Condition }) => [
          Action,
          Object.values<Template>(Condition).flatMap((keys) => Object.keys(keys)),
        ]);
    const uses = ['kms:Decrypt', 'kms:GenerateDataKey'];
    const own = [uses, ['kms:EncryptionContext:aws:states:stateMachineArn']];
    const logs = ['kms:GenerateDataKey', ['kms:EncryptionContext:SourceArn']];
    // It writes to S3; the orchestrator to nothing.
    expect(keyGrants('my-child')).toEqual([own, logs, [uses, ['kms:ViaService']]]);
    expect(keyGrants('review')).toEqual([own, logs]);
    // It reads the executions of its children, which their own key context encrypts.
    expect(JSON.stringify(of(stacks.review, 'AWS::IAM::Policy'))).toContain(
      ':stateMachine:prod-my-child',
    );
  });

  test('has no X-Ray anywhere', () => {
    for (const stack of ['my-child', 'review']) {
      expect(JSON.stringify(stacks[stack])).not.toContain('xray:');
      const [machine] = of(stacks[stack], 'AWS::StepFunctions::StateMachine');
      expect(machine?.Properties.TracingConfiguration).toEqual({ Enabled: false });
    }
    expect(of(stacks['my-child'], 'AWS::Lambda::Function')[0]?.Properties.TracingConfig).toBe(
      undefined,
    );
  });

  test('names no partition: what it renders is right in GovCloud and in China', () => {
    for (const stack of Object.values<Template>(stacks)) {
      const text = JSON.stringify(stack.Resources).replaceAll(KEY, '');
      expect(text.match(/arn:aws[^"]*/g)).toBeNull();
    }
  });
});

test('a value of the stage that a child refuses is refused at synth, with what to do', () => {
  expect(() => build({ ...testStage, name: 'dev' })).toThrow(
    /a stand-in was tried: give the stage env\..*targets\["t"\]\.configuration\.region/s,
  );
  expect(() =>
    build({ ...testStage, env: { region: 'eu-west-1', account: '210987654321' } }),
  ).toThrow(/stage dev puts into the orchestration review is refused/);
});

describe('settings', () => {
  const issues = (settings: Partial<StageSettings>) =>
    checkSettings({ ...testStage, ...settings }).map(({ path, message }) => `${path}: ${message}`);

  test('that AWS takes are accepted', () => {
    expect(checkSettings(full)).toEqual([]);
    expect(issues({ permissionsBoundary: 'arn:aws:iam::123456789012:policy/a/b' })).toEqual([]);
    expect(issues({ tags: { commit: 'a b_.:/=+-@', 'Kostenstelle ä': '' } })).toEqual([]);
  });

  test.each<[Partial<StageSettings>, string]>([
    [{ env: { account: '123' } }, 'stage "dev".env.account: expected twelve digits'],
    [{ env: { region: 'Frankfurt' } }, 'stage "dev".env.region: expected a region'],
    [
      { permissionsBoundary: 'a b' },
      "permissionsBoundary: expected a managed policy's name or ARN",
    ],
    [{ kmsKeyArn: 'alias/prod' }, 'kmsKeyArn: expected the ARN of a key'],
    [{ kmsKeyArn: KEY, env: { region: 'eu-west-1' } }, 'the key is in us-gov-west-1'],
    [{ kmsKeyArn: KEY, env: { account: '123456789012' } }, 'of account 210987654321'],
    [{ tags: { 'aws:x': 'y' } }, 'tags["aws:x"]: a key may not begin with aws:'],
    [{ tags: { x: '<y>' } }, 'tags["x"]: only letters'],
    [{ tags: { x: 'y'.repeat(257) } }, 'up to 256 characters, this one 257'],
    [
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`t${at}`, ''])) },
      'AWS allows 50 tags, there are 51',
    ],
    [{ name: 'Pröd' }, 'letters, digits'],
  ])('%j are refused', (settings, expected) => {
    expect(issues(settings).join('\n')).toContain(expected);
  });
});
