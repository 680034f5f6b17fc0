import { describe, expect, it } from 'vitest';
import { AssemblyError } from '../errors.ts';
import { Template } from './template.ts';

const template = new Template('dev-x', {
  Parameters: {
    Size: { Type: 'Number', Default: 3 },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' },
  },
  Conditions: {
    InAws: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws'] },
    Elsewhere: { 'Fn::Not': [{ Condition: 'InAws' }] },
    Both: { 'Fn::And': [{ Condition: 'InAws' }, { Condition: 'Elsewhere' }] },
    Either: { 'Fn::Or': [{ Condition: 'InAws' }, { Condition: 'Elsewhere' }] },
  },
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'b-${Size}' } } },
    Topic: { Type: 'AWS::SNS::Topic' },
    Odd: { Type: 'Custom::Odd' },
  },
});

describe('Template', () => {
  it.each([
    [{ Ref: 'AWS::AccountId' }, '123456789012'],
    [{ Ref: 'Size' }, 3],
    [{ Ref: 'Topic' }, 'arn:aws:sns:us-east-1:123456789012:dev-x-Topic'],
    [{ Ref: 'Bucket' }, 'dev-x-bucket'],
    [{ Ref: 'Odd' }, 'dev-x-Odd'],
    [{ 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:s3:::b-3'],
    [{ 'Fn::GetAtt': 'Topic.TopicArn' }, 'arn:aws:sns:us-east-1:123456789012:dev-x-Topic'],
    [{ 'Fn::GetAtt': ['Topic', 'TopicName'] }, 'dev-x-Topic'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-us-east-1-1'],
    [{ 'Fn::Join': [',', { 'Fn::Split': ['-', 'a-b'] }] }, 'a,b'],
    [{ 'Fn::Sub': '${AWS::Partition} ${!Foo} ${Named.Arn}' }, 'aws ${Foo} arn:aws:s3:::b-3'],
    [{ 'Fn::Sub': ['${A}-${Size}', { A: { Ref: 'AWS::Region' } }] }, 'us-east-1-3'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::If': ['InAws', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['Elsewhere', 'yes', 'no'] }, 'no'],
    [{ 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
    [{ 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
    [{ a: [{ Ref: 'AWS::NoValue' }, 1], b: { Ref: 'AWS::NoValue' } }, { a: [1] }],
    [{ Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
    [
      { Ref: 'Size', Other: 1 },
      { Ref: 'Size', Other: 1 },
    ],
    ['${Size}', '${Size}'],
  ])('resolves %j', (value, expected) => {
    expect(template.resolve(value)).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Nothing' }, 'no such resource'],
    [{ Ref: 'Image' }, 'no default value'],
    [{ 'Fn::GetAtt': ['Bucket', 'DomainName'] }, 'known to AWS only'],
    [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, 'no such resource'],
    [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue is not supported'],
    [{ 'Fn::Select': [4, ['a']] }, 'no such item'],
    [{ 'Fn::If': ['Nothing', 1, 2] }, 'no such condition'],
    [{ 'Fn::Join': ['-'] }, 'two arguments'],
    [{ 'Fn::Join': ['-', 'a'] }, 'a list was expected'],
    [{ 'Fn::Join': ['-', [{ a: 1 }]] }, 'text was expected'],
  ])('refuses %j by name rather than guessing', (value, reason) => {
    const resolve = () => template.resolve(value);
    expect(resolve).toThrow(AssemblyError);
    expect(resolve).toThrow(reason);
    expect(resolve).toThrow('dev-x');
  });
});
