import { describe, expect, test } from 'vitest';
import { type AwsCall, readResource } from './call.ts';
import { canGive } from './call-errors.ts';
import { awsModels } from './models/models.ts';

const models = awsModels(import.meta.dirname);

function verdict(error: string, resource: string): unknown {
  const call = readResource(`arn:aws:states:::${resource}`) as AwsCall;
  const model = models.of(call);
  if (model.kind !== 'known') throw new Error(`${resource} is not known`);
  const given = canGive(error, call, model);
  return given.can || given.near;
}

describe('a call gives', () => {
  test.each([
    ['States.ALL', 'aws-sdk:s3:getObject'],
    ['States.Http.StatusCode.503', 'http:invoke'],
    ['S3.NoSuchKeyException', 'aws-sdk:s3:getObject'],
    ['S3.S3Exception', 'aws-sdk:s3:getObject'],
    ['Iam.SdkClientException', 'aws-sdk:iam:getUser'],
    ['SNS.KmsThrottlingException', 'sns:publish'],
    ['SNS.AmazonSNSException', 'sns:publish'],
    ['EventBridge.FailedEntry', 'events:putEvents'],
    ['Lambda.TooManyRequestsException', 'lambda:invoke'],
    ['Lambda.AWSLambdaException', 'lambda:invoke'],
    ['StepFunctions.ExecutionLimitExceededException', 'states:startExecution.sync:2'],
    ['OutOfStock', 'lambda:invoke'],
    ['Declined', 'sns:publish.waitForTaskToken'],
  ])('%s from %s', (error, resource) => {
    expect(verdict(error, resource)).toBe(true);
  });
});

describe('a call does not give', () => {
  test.each([
    ['S3.NoSuchKeyExeption', 'aws-sdk:s3:getObject', 'S3.NoSuchKeyException'],
    ['S3.NoSuchKey', 'aws-sdk:s3:getObject', 'S3.NoSuchKeyException'],
    ['IAM.IamException', 'aws-sdk:iam:getUser', 'Iam.IamException'],
    ['States.Timout', 'aws-sdk:iam:getUser', 'States.Timeout'],
    ['OutOfStock', 'aws-sdk:iam:getUser', undefined],
    ['Lambda.TooManyRequestException', 'lambda:invoke', 'Lambda.TooManyRequestsException'],
    [
      'StepFunctions.ExecutionAlreadyExists',
      'states:startExecution.sync:2',
      'StepFunctions.ExecutionAlreadyExistsException',
    ],
  ])('%s from %s, but perhaps %s', (error, resource, near) => {
    expect(verdict(error, resource)).toBe(near);
  });
});
