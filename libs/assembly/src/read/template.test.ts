import { describe, expect, it } from 'vitest';
import { AssemblyError } from '../errors.ts';
import { Template } from './template.ts';

const template = new Template('dev-x', {
  Parameters: {
    Size: { Type: 'Number', Default: 3 },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' },
    Zones: { Type: 'List<AWS::EC2::AvailabilityZone::Name>', Default: 'a, b' },
    Secret: { Type: 'String', NoEcho: true },
    Count: { Type: 'Number', MinValue: 2 },
    Kind: { Type: 'String', AllowedValues: ['small', 'large'] },
  },
  Mappings: { Sizes: { aws: { small: 1, 'a-list': ['x', 'y'] } } },
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
    Queue: { Type: 'AWS::SQS::Queue' },
    Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f' } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { Name: 'live', FunctionName: { Ref: 'Fn' } },
    },
    Published: {
      Type: 'AWS::Lambda::Version',
      Properties: { FunctionName: { 'Fn::GetAtt': ['Fn', 'Arn'] } },
    },
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'm' } },
    MachineV: {
      Type: 'AWS::StepFunctions::StateMachineVersion',
      Properties: { StateMachineArn: { Ref: 'Machine' } },
    },
    MachineLive: {
      Type: 'AWS::StepFunctions::StateMachineAlias',
      Properties: {
        Name: 'live',
        RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'MachineV' } }],
      },
    },
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
    [{ Ref: 'Zones' }, ['a', 'b']],
    [{ Ref: 'Queue' }, 'https://sqs.us-east-1.amazonaws.com/123456789012/dev-x-Queue'],
    [{ Ref: 'Live' }, 'arn:aws:lambda:us-east-1:123456789012:function:f:live'],
    [{ Ref: 'Published' }, 'arn:aws:lambda:us-east-1:123456789012:function:f:1'],
    [{ 'Fn::GetAtt': ['Published', 'Version'] }, '1'],
    [{ Ref: 'MachineLive' }, 'arn:aws:states:us-east-1:123456789012:stateMachine:m:live'],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Partition' }, 'small'] }, 1],
    [{ 'Fn::FindInMap': ['Sizes', 'none', 'small', { DefaultValue: 9 }] }, 9],
    [{ 'Fn::Base64': { Ref: 'AWS::Region' } }, 'dXMtZWFzdC0x'],
    [{ 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, ['10.0.0.0/24', '10.0.1.0/24']],
    [{ 'Fn::ToJsonString': { a: { Ref: 'Size' } } }, '{"a":3}'],
    [{ 'Fn::Length': { Ref: 'Zones' } }, 2],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }]] }, 'a'],
  ])('resolves %j', (value, expected) => {
    expect(template.resolve(value)).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Nothing' }, 'no such resource'],
    [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, 'no such resource'],
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

  it.each([
    [{ Ref: 'Image' }, 'stand-in--dev-x--Image', '"/a/b"'],
    [{ Ref: 'Secret' }, 'stand-in--dev-x--Secret', 'no default value'],
    [{ Ref: 'Count' }, 2, 'no default value'],
    [{ Ref: 'Kind' }, 'small', 'no default value'],
    [
      { 'Fn::GetAtt': ['Bucket', 'DomainName'] },
      'stand-in--dev-x--Bucket--DomainName',
      'known to AWS only',
    ],
    [
      { 'Fn::GetAtt': ['Odd', 'SomeArn'] },
      'arn:aws:odd:us-east-1:123456789012:stand-in--dev-x--Odd--SomeArn',
      'known to AWS only',
    ],
    [
      { 'Fn::ImportValue': 'x' },
      'stand-in--dev-x--Fn-ImportValue-x',
      'no stack of the assembly exports it',
    ],
    [
      { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Secret' }] }] },
      'stand-in--dev-x--Fn-Select-2-Fn-Split-Ref-Secret',
      'no default value',
    ],
    [{ 'Fn::New': 1 }, 'stand-in--dev-x--Fn-New-1', 'Fn::New is not known here'],
    [{ 'Fn::FindInMap': ['Sizes', 'x', 'y'] }, expect.any(String), 'Sizes.x.y'],
    ['{{resolve:ssm:/a}}', '{{resolve:ssm:/a}}', 'when the stack is deployed'],
  ])('has a stand-in for %j, and tells of it', (expression, value, reason) => {
    const traced = template.tracing(() => template.resolve(expression));
    expect(traced.value).toEqual(value);
    expect(traced.standIns[0]?.reason).toContain(reason);
  });

  it('tells of no stand-in that a condition leaves out', () => {
    const value = { 'Fn::If': ['Elsewhere', { Ref: 'Secret' }, 'b'] };
    expect(template.tracing(() => template.resolve(value))).toEqual({ value: 'b', standIns: [] });
  });
});
