import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerFaults, type FieldValidationMode, smallestOf } from './answer.ts';
import { type AwsCall, readResource } from './call.ts';
import { awsModels } from './models/models.ts';
import type { Shape } from './models/shape.ts';

const models = awsModels(import.meta.dirname);

function answerOf(resource: string): Shape {
  const model = models.of(readResource(`arn:aws:states:::${resource}`) as AwsCall);
  if (model.kind !== 'known' || model.output === undefined) throw new Error(resource);
  return model.output;
}

const USER = {
  User: {
    ...{ Path: '/', UserName: 'ann', UserId: 'AIDA', Arn: 'arn:aws:iam::1:user/ann' },
    CreateDate: '2026-11-22T06:00:00Z',
  },
};

const faults = (resource: string, value: unknown, mode: FieldValidationMode = 'STRICT') =>
  answerFaults(value, answerOf(resource), mode).map(
    ({ kind, path, message }) => `${kind} ${path.join('.')} ${message}`,
  );

describe('an answer that is made up', () => {
  test('is let through where the call can give it', () => {
    expect(faults('aws-sdk:iam:getUser', USER)).toEqual([]);
    expect(
      faults('sns:publish', { MessageId: 'a', SdkHttpMetadata: { HttpStatusCode: 200 } }),
    ).toEqual([]);
    expect(faults('lambda:invoke', { Payload: [1], StatusCode: 200 })).toEqual([]);
  });

  test.each([
    [
      'a misspelt member',
      { User: { ...USER.User, UserNam: 'x' } },
      ['unknown User.UserNam is nothing that the call gives: did you mean UserName?'],
    ],
    [
      'a moment as a number',
      { User: { ...USER.User, CreateDate: 1764000000 } },
      ['type User.CreateDate is a number, where the call gives a string'],
    ],
    [
      'a moment in words',
      { User: { ...USER.User, CreateDate: 'yesterday' } },
      [
        'type User.CreateDate is "yesterday", where the call gives a moment such as 2026-11-22T06:00:00Z',
      ],
    ],
    [
      'a list that is none',
      { User: { ...USER.User, Tags: {} } },
      ['type User.Tags is an object, where the call gives an array'],
    ],
    [
      'a list with an item of another kind',
      { User: { ...USER.User, Tags: [{ Key: 'a', Value: 'b' }, 'c'] } },
      ['type User.Tags.1 is a string, where the call gives an object'],
    ],
    ['no object', null, ['type  is null, where the call gives an object']],
  ])('is refused with %s', (_, value, expected) => {
    expect(faults('aws-sdk:iam:getUser', value)).toEqual(expected);
  });

  test('lacks what the model requires under STRICT, may lack it under PRESENT, and is anything under NONE', () => {
    const value = { User: { UserName: 'ann', Path: 1 } };
    const path = 'type User.Path is a number, where the call gives a string';
    expect(faults('aws-sdk:iam:getUser', value)).toEqual([
      path,
      ...['UserId', 'Arn', 'CreateDate'].map(
        (name) => `missing User lacks ${name}, which the call always gives`,
      ),
    ]);
    expect(faults('aws-sdk:iam:getUser', value, 'PRESENT')).toEqual([path]);
    expect(faults('aws-sdk:iam:getUser', value, 'NONE')).toEqual([]);
  });
});

describe('the smallest answer', () => {
  test.each([
    [
      'aws-sdk:iam:getUser',
      {
        User: {
          ...USER.User,
          Path: '',
          UserName: '',
          UserId: '',
          Arn: '',
          CreateDate: '1970-01-01T00:00:00Z',
        },
      },
    ],
    ['aws-sdk:resourcegroupstaggingapi:getResources', { ResourceTagMappingList: [] }],
    ['sns:publish', { MessageId: '', SequenceNumber: '' }],
    ['events:putEvents', { FailedEntryCount: 0, Entries: [] }],
    ['aws-sdk:s3:putBucketPolicy', {}],
  ])('of %s', (resource, expected) => {
    expect(smallestOf(answerOf(resource))).toEqual(expected);
  });

  test('of any operation fits its own shape', () => {
    const services = ['iam', 's3', 'sns', 'sfn', 'lambda', 'costexplorer', 'eventbridge'];
    const calls = services.flatMap((service) => {
      const call = readResource(`arn:aws:states:::aws-sdk:${service}:none`) as AwsCall;
      return models.actionsOf(service).map((action) => ({ ...call, action }));
    });
    expect(calls.length).toBeGreaterThan(400);
    fc.assert(
      fc.property(fc.constantFrom(...calls), (call) => {
        const model = models.of(call);
        if (model.kind !== 'known' || model.output === undefined) return false;
        return answerFaults(smallestOf(model.output), model.output, 'STRICT').length === 0;
      }),
      { numRuns: 60 },
    );
  });
});
