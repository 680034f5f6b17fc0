import { partitionOf, type Place, STAND_IN } from '@harmony/artifact';
import { environmentOf } from '../environment.ts';
import { type JsonObject, objectAt } from './json-file.ts';

/** The place that a manifest names: `aws://123456789012/eu-central-1`, or `unknown-…` in it. */
export function placeOf(environment: unknown): Place {
  const { account, region } = { ...STAND_IN, ...environmentOf(environment) };
  return { account, region, partition: partitionOf(region) };
}

/** CloudFormation's pseudo parameters, but for those that a stack gives. */
export function pseudoParameters(place: Place): Readonly<Record<string, string>> {
  return {
    'AWS::AccountId': place.account,
    'AWS::Region': place.region,
    'AWS::Partition': place.partition,
    'AWS::URLSuffix': place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::StackId': '',
  };
}

interface Identity {
  /** The property that holds the physical name. */
  readonly name?: string;
  /** The ARN, from the physical name. */
  readonly arn: (name: string, place: Place, properties: JsonObject) => string;
  /** What `Ref` gives. */
  readonly ref: 'arn' | 'name';
  /** The attribute that gives the ARN, where it is not `Arn`. */
  readonly arnAttribute?: string;
  readonly lowerCase?: boolean;
}

function arnStart({ partition, region, account }: Place, service: string): string {
  return `arn:${partition}:${service}:${region}:${account}`;
}

/**
 * What `Ref` and `Fn::GetAtt` give, by resource type (AWS CloudFormation Template Reference,
 * "Return values"). Other types answer `Ref` with a made-up physical name and no attribute.
 */
const IDENTITIES: Readonly<Record<string, Identity>> = {
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    arn: (name, place) => `${arnStart(place, 'states')}:stateMachine:${name}`,
    ref: 'arn',
  },
  'AWS::StepFunctions::Activity': {
    name: 'Name',
    arn: (name, place) => `${arnStart(place, 'states')}:activity:${name}`,
    ref: 'arn',
  },
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    arn: (name, place) => `${arnStart(place, 'lambda')}:function:${name}`,
    ref: 'name',
  },
  'AWS::IAM::Role': {
    name: 'RoleName',
    arn: (name, { partition, account }, { Path = '/' }) =>
      `arn:${partition}:iam::${account}:role${String(Path)}${name}`,
    ref: 'name',
  },
  'AWS::IAM::ManagedPolicy': {
    name: 'ManagedPolicyName',
    arn: (name, { partition, account }, { Path = '/' }) =>
      `arn:${partition}:iam::${account}:policy${String(Path)}${name}`,
    ref: 'arn',
  },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    arn: (name, place) => `${arnStart(place, 'logs')}:log-group:${name}:*`,
    ref: 'name',
  },
  'AWS::S3::Bucket': {
    name: 'BucketName',
    arn: (name, { partition }) => `arn:${partition}:s3:::${name}`,
    ref: 'name',
    lowerCase: true,
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    arn: (name, place) => `${arnStart(place, 'sns')}:${name}`,
    ref: 'arn',
    arnAttribute: 'TopicArn',
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    arn: (name, place) => `${arnStart(place, 'sqs')}:${name}`,
    ref: 'name',
  },
  'AWS::Events::EventBus': {
    name: 'Name',
    arn: (name, place) => `${arnStart(place, 'events')}:event-bus/${name}`,
    ref: 'name',
  },
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    arn: (name, place) => `${arnStart(place, 'dynamodb')}:table/${name}`,
    ref: 'name',
  },
  'AWS::KMS::Key': {
    arn: (name, place) => `${arnStart(place, 'kms')}:key/${name}`,
    ref: 'name',
  },
};

/** How a resource is addressed from elsewhere in its template. */
export interface ResourceIdentity {
  readonly ref: string;
  readonly name: string;
  readonly arn?: string;
  readonly arnAttribute: string;
}

/** `resolveName` gives the name property's value when the template sets it. */
export function identityOf(
  stackName: string,
  place: Place,
  logicalId: string,
  resource: JsonObject,
  resolveName: (value: unknown) => string,
): ResourceIdentity {
  const properties = objectAt(resource, 'Properties');
  const known = IDENTITIES[String(resource.Type)];
  const given = known?.name === undefined ? undefined : properties[known.name];
  const madeUp = `${stackName}-${logicalId}`;
  const name =
    given === undefined ? (known?.lowerCase ? madeUp.toLowerCase() : madeUp) : resolveName(given);
  const arn = known?.arn(name, place, properties);
  return {
    name,
    arn,
    ref: known?.ref === 'arn' && arn !== undefined ? arn : name,
    arnAttribute: known?.arnAttribute ?? 'Arn',
  };
}
