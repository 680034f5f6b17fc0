import { type JsonObject, objectAt } from './json-file.ts';

/** The stand-ins for CloudFormation's pseudo parameters: an assembly knows no account or region. */
export const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'us-east-1',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': '',
  'AWS::StackId': '',
};

const ACCOUNT = '123456789012';
const REGION = 'us-east-1';

interface Identity {
  /** The property that holds the physical name. */
  readonly name?: string;
  /** The ARN, from the physical name. */
  readonly arn: (name: string, properties: JsonObject) => string;
  /** What `Ref` gives. */
  readonly ref: 'arn' | 'name';
  /** The attribute that gives the ARN, where it is not `Arn`. */
  readonly arnAttribute?: string;
  readonly lowerCase?: boolean;
}

/**
 * What `Ref` and `Fn::GetAtt` give, by resource type (AWS CloudFormation Template Reference,
 * "Return values"). Other types answer `Ref` with a made-up physical name and no attribute.
 */
const IDENTITIES: Readonly<Record<string, Identity>> = {
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    arn: (name) => `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`,
    ref: 'arn',
  },
  'AWS::StepFunctions::Activity': {
    name: 'Name',
    arn: (name) => `arn:aws:states:${REGION}:${ACCOUNT}:activity:${name}`,
    ref: 'arn',
  },
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    arn: (name) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
    ref: 'name',
  },
  'AWS::IAM::Role': {
    name: 'RoleName',
    arn: (name, { Path = '/' }) => `arn:aws:iam::${ACCOUNT}:role${String(Path)}${name}`,
    ref: 'name',
  },
  'AWS::IAM::ManagedPolicy': {
    name: 'ManagedPolicyName',
    arn: (name, { Path = '/' }) => `arn:aws:iam::${ACCOUNT}:policy${String(Path)}${name}`,
    ref: 'arn',
  },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    arn: (name) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}:*`,
    ref: 'name',
  },
  'AWS::S3::Bucket': {
    name: 'BucketName',
    arn: (name) => `arn:aws:s3:::${name}`,
    ref: 'name',
    lowerCase: true,
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    arn: (name) => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`,
    ref: 'arn',
    arnAttribute: 'TopicArn',
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    arn: (name) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`,
    ref: 'name',
  },
  'AWS::Events::EventBus': {
    name: 'Name',
    arn: (name) => `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/${name}`,
    ref: 'name',
  },
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    arn: (name) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`,
    ref: 'name',
  },
  'AWS::KMS::Key': {
    arn: (name) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`,
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
  const arn = known?.arn(name, properties);
  return {
    name,
    arn,
    ref: known?.ref === 'arn' && arn !== undefined ? arn : name,
    arnAttribute: known?.arnAttribute ?? 'Arn',
  };
}
