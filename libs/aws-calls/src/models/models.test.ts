import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwsCall, readResource } from '../call.ts';
import { CLIENTS } from './clients.ts';
import { awsModels, type CallModel } from './models.ts';
import { actionName, errorName, errorPrefix, memberName, serviceName } from './names.ts';

const models = awsModels(import.meta.dirname);
const call = (resource: string) => readResource(`arn:aws:states:::${resource}`) as AwsCall;
const modelOf = (resource: string) => models.of(call(resource));

function known(resource: string): Extract<CallModel, { kind: 'known' }> {
  const model = modelOf(resource);
  if (model.kind !== 'known') throw new Error(`${resource}: ${JSON.stringify(model)}`);
  return model;
}

interface Json {
  readonly [name: string]: Json | undefined;
}

/** The definition that a shape refers to. */
function definition(shape: unknown): Json {
  const { $ref, $defs } = shape as { $ref?: string; $defs?: Json };
  return ($ref === undefined ? shape : $defs?.[$ref.replace('#/$defs/', '')]) as Json;
}

describe('names', () => {
  test.each([
    ['DBInstanceIdentifier', 'DbInstanceIdentifier'],
    ['SourceDBClusterIdentifier', 'SourceDBClusterIdentifier'],
    ['ETag', 'ETag'],
    ['ACL', 'Acl'],
    ['SSEKMSKeyId', 'SsekmsKeyId'],
    ['restApiId', 'RestApiId'],
    ['Equals', 'EqualsValue'],
  ])('the member %s is written %s', (api, name) => {
    expect(memberName(api)).toBe(name);
  });

  test.each([
    ['NoSuchKey', 'NoSuchKeyException'],
    ['DBInstanceNotFoundFault', 'DbInstanceNotFoundException'],
    ['ConditionalCheckFailedException', 'ConditionalCheckFailedException'],
    ['KMSThrottlingException', 'KmsThrottlingException'],
  ])('the error %s is written %s', (api, name) => {
    expect(errorName(api)).toBe(name);
  });

  test('every client in the list is one name', () => {
    expect(CLIENTS.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(CLIENTS).toEqual(expect.arrayContaining(['iot-data-plane', 'cost-optimization-hub']));
  });

  test('services and actions', () => {
    expect(['DynamoDB', 'ACM PCA', 'IAM', 'Config Service'].map(errorPrefix)).toEqual([
      ...['DynamoDb', 'AcmPca', 'Iam', 'Config'],
    ]);
    expect(serviceName('client-config-service')).toBe('config');
    expect(serviceName('client-cost-explorer')).toBe('costexplorer');
    expect(actionName('DescribeDBInstances')).toBe('describeDBInstances');
  });
});

describe('a call of the API', () => {
  test('has the members, the required ones and their types', () => {
    const input = definition(known('aws-sdk:s3:putObject').input);
    expect(input['required']).toEqual(['Bucket', 'Key']);
    expect(input['properties']).toMatchObject({
      Bucket: { type: 'string' },
      Body: {},
      ContentLength: { type: 'number' },
      BucketKeyEnabled: { type: 'boolean' },
      Expires: { type: ['string', 'number'] },
    });
    expect(input['properties']).not.toHaveProperty('SSEKMSKeyId');
  });

  test('has the values of an enumeration, as far as they are known', () => {
    const input = definition(known('aws-sdk:costexplorer:getCostAndUsage').input);
    expect(input['properties']?.['Granularity']?.['examples']).toEqual([
      ...['DAILY', 'HOURLY', 'MONTHLY'],
    ]);
  });

  test('answers as Step Functions hands it on: moments and bytes are texts', () => {
    const { output, errors, errorPrefix: prefix } = known('aws-sdk:iam:getCredentialReport');
    expect(definition(output)['properties']).toMatchObject({
      Content: { type: 'string' },
      GeneratedTime: { type: 'string', format: 'date-time' },
    });
    expect(prefix).toBe('Iam');
    expect(errors).toContain('CredentialReportNotReadyException');
  });

  test('knows that the last page has no token', () => {
    const { absentAtTimes } = known('aws-sdk:resourcegroupstaggingapi:getResources');
    expect(absentAtTimes).toEqual(['PaginationToken']);
    expect(known('aws-sdk:iam:getUser').absentAtTimes).toEqual([]);
  });

  test('does not ask for a token that the SDK makes up', () => {
    expect(definition(known('aws-sdk:sfn:createStateMachine').input)['required']).toEqual([
      ...['Name', 'Definition', 'RoleArn'],
    ]);
    expect(definition(known('aws-sdk:cloudformation:createStack').input)['required']).toEqual([
      'StackName',
    ]);
  });

  test('that answers nothing has an empty answer', () => {
    expect(definition(known('aws-sdk:s3:deleteBucket').output)['properties']).toEqual({});
  });

  test('of which a task token answers gives anything', () => {
    expect(known('aws-sdk:s3:putObject.waitForTaskToken').output).toBeUndefined();
  });

  test('that AWS does not have is wrong, with the nearest', () => {
    expect(modelOf('aws-sdk:s3:putObjct')).toEqual({
      ...{ kind: 'wrong', part: 'action', name: 's3:putObjct', nearest: 'putObject' },
    });
    expect(modelOf('aws-sdk:dynamobd:getItem')).toMatchObject({
      ...{ kind: 'wrong', part: 'service', nearest: 'dynamodb' },
    });
  });

  test('of a service whose client is not installed is not checked, with the command', () => {
    expect(modelOf('aws-sdk:braket:getJob')).toMatchObject({
      kind: 'not-checked',
      install: 'npm install --save-dev @aws-sdk/client-braket',
    });
    expect(modelOf('aws-sdk:zzyzx:doIt')).toEqual({
      kind: 'not-checked',
      reason: 'no service zzyzx is known here',
    });
  });

  test('is the same object each time', () => {
    expect(modelOf('aws-sdk:s3:putObject')).toBe(modelOf('aws-sdk:s3:putObject'));
  });
});

describe('an optimised integration', () => {
  test('takes JSON where the API takes a text', () => {
    const detail = (resource: string) =>
      (definition(known(resource).input)['properties'] as Json)['Entries']?.['items'];
    expect(definition(detail('events:putEvents'))['properties']?.['Detail']).toEqual({});
    const { input } = known('aws-sdk:eventbridge:putEvents');
    const entry = (input['$defs'] as Json)['PutEventsRequestEntry'];
    expect(entry?.['properties']?.['Detail']).toEqual({ type: 'string' });
  });

  test('of Lambda answers with an envelope', () => {
    expect(definition(known('lambda:invoke').output)['properties']).toHaveProperty('StatusCode');
  });

  test('of a child answers with JSON under .sync:2 and with texts under .sync', () => {
    const output = (resource: string) =>
      definition(known(resource).output)['properties']?.['Output'];
    expect(output('states:startExecution.sync:2')).toEqual({});
    expect(output('states:startExecution.sync')).toEqual({ type: 'string' });
  });

  test('of an API answers with what it was answered', () => {
    expect(definition(known('http:invoke').input)['required']).toEqual(['ApiEndpoint', 'Method']);
    expect(definition(known('apigateway:invoke').output)['properties']).toMatchObject({
      ResponseBody: {},
      StatusCode: { type: 'number' },
    });
  });

  test('of which AWS publishes nothing is not checked', () => {
    expect(modelOf('elasticmapreduce:createCluster.sync')).toMatchObject({ kind: 'not-checked' });
  });
});

describe('a client that cannot be read', () => {
  const root = mkdtempSync(join(tmpdir(), 'harmony-models-'));
  beforeAll(() => {
    mkdirSync(join(root, 'node_modules/@aws-sdk/client-kms/dist-es'), { recursive: true });
    writeFileSync(join(root, 'node_modules/@aws-sdk/client-kms/package.json'), '{}');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('one without schemas is not checked, with the command that brings a newer one', () => {
    expect(awsModels(root).of(call('aws-sdk:kms:encrypt'))).toEqual({
      kind: 'not-checked',
      reason: 'the installed @aws-sdk/client-kms carries no schemas',
      install: 'npm install --save-dev @aws-sdk/client-kms@latest',
    });
  });
});
