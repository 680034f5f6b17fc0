import { partitionOf, type Place, STAND_IN } from '@harmony/artifact';
import { isObject } from '@harmony/schema';
import { environmentOf } from '../environment.ts';
import { type JsonObject, objectAt, own } from './json-file.ts';

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

type Property = (name: string) => unknown;
type ArnOf = (name: string, place: Place, property: Property) => string;

interface Identity {
  /** The property that holds the physical name. */
  readonly name?: string;
  /** The ARN, from the physical name and properties. */
  readonly arn: ArnOf;
  /** What `Ref` gives. */
  readonly ref: 'arn' | 'name' | 'url';
  /** The attribute that gives the ARN, where it is not `Arn`. */
  readonly arnAttribute?: string;
  /** Further attributes. */
  readonly attributes?: (name: string, place: Place) => Readonly<Record<string, string>>;
  readonly lowerCase?: boolean;
}

function arnStart({ partition, region, account }: Place, service: string): string {
  return `arn:${partition}:${service}:${region}:${account}`;
}

/** A resource whose ARN is `arn:…:SERVICE:REGION:ACCOUNT:KIND` and its name. */
function regional(service: string, kind: string, more: Partial<Identity> = {}): Identity {
  const arn: ArnOf = (name, place) => `${arnStart(place, service)}:${kind}${name}`;
  return { arn, ref: 'name', ...more };
}

/** A resource of IAM, which has a path and no region. */
function ofIam(kind: string, more: Partial<Identity>): Identity {
  const arn: ArnOf = (name, { partition, account }, property) =>
    `arn:${partition}:iam::${account}:${kind}${String(property('Path') ?? '/')}${name}`;
  return { arn, ref: 'name', ...more };
}

/** A version or an alias: the ARN of what it is of, with a qualifier. */
function qualified(of: (property: Property, place: Place) => string, qualifier: string): Identity {
  const arn: ArnOf = (_name, place, property) =>
    `${of(property, place)}:${String(property(qualifier) ?? FIRST_VERSION)}`;
  return { arn, ref: 'arn', attributes: () => ({ Version: FIRST_VERSION }) };
}

/** AWS counts versions; one assembly has one of each function. */
export const FIRST_VERSION = '1';

/** From a name, an ARN, or `ACCOUNT:function:NAME`, each of them without its qualifier. */
function functionArn(given: string, place: Place): string {
  const [, name = given] = /(?:^|:)function:([^:]+)/.exec(given) ?? [];
  const arn = /^arn:.*?:function:[^:]+/.exec(given)?.[0];
  return arn ?? `${arnStart(place, 'lambda')}:function:${name}`;
}

const functionOf = (property: Property, place: Place): string =>
  functionArn(String(property('FunctionName')), place);
const machineOf = (property: Property): string => String(property('StateMachineArn'));

/**
 * What `Ref` and `Fn::GetAtt` give, by resource type (AWS CloudFormation Template Reference,
 * "Return values"). Other types answer `Ref` with a made-up physical name, and attributes with
 * stand-ins.
 */
const IDENTITIES: Readonly<Record<string, Identity>> = {
  'AWS::StepFunctions::StateMachine': regional('states', 'stateMachine:', {
    ...{ name: 'StateMachineName', ref: 'arn' },
    attributes: (name) => ({ Name: name }),
  }),
  'AWS::StepFunctions::StateMachineVersion': qualified(machineOf, 'Version'),
  'AWS::StepFunctions::StateMachineAlias': {
    name: 'Name',
    // It has no property for its machine but the versions that it leads to.
    arn: (name, _place, property) => `${machineOfAlias(property)}:${name}`,
    ref: 'arn',
  },
  'AWS::StepFunctions::Activity': regional('states', 'activity:', {
    ...{ name: 'Name', ref: 'arn' },
    attributes: (name) => ({ Name: name }),
  }),
  'AWS::Lambda::Function': regional('lambda', 'function:', { name: 'FunctionName' }),
  'AWS::Lambda::Version': qualified(functionOf, 'Version'),
  'AWS::Lambda::Alias': qualified(functionOf, 'Name'),
  'AWS::IAM::Role': ofIam('role', { name: 'RoleName' }),
  'AWS::IAM::ManagedPolicy': ofIam('policy', {
    ...{ name: 'ManagedPolicyName', ref: 'arn', arnAttribute: 'PolicyArn' },
  }),
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
  'AWS::SNS::Topic': regional('sns', '', {
    ...{ name: 'TopicName', ref: 'arn', arnAttribute: 'TopicArn' },
    attributes: (name) => ({ TopicName: name }),
  }),
  'AWS::SQS::Queue': regional('sqs', '', {
    ...{ name: 'QueueName', ref: 'url' },
    attributes: (name, place) => ({ QueueName: name, QueueUrl: queueUrl(name, place) }),
  }),
  'AWS::Events::EventBus': regional('events', 'event-bus/', {
    name: 'Name',
    attributes: (name) => ({ Name: name }),
  }),
  'AWS::DynamoDB::Table': regional('dynamodb', 'table/', { name: 'TableName' }),
  'AWS::KMS::Key': regional('kms', 'key/', { attributes: (name) => ({ KeyId: name }) }),
  'AWS::ECS::Cluster': regional('ecs', 'cluster/', { name: 'ClusterName' }),
  'AWS::ECS::TaskDefinition': {
    name: 'Family',
    arn: (name, place) => `${arnStart(place, 'ecs')}:task-definition/${name}:${FIRST_VERSION}`,
    ref: 'arn',
    arnAttribute: 'TaskDefinitionArn',
  },
  'AWS::Batch::JobQueue': regional('batch', 'job-queue/', {
    ...{ name: 'JobQueueName', ref: 'arn', arnAttribute: 'JobQueueArn' },
  }),
  'AWS::Batch::JobDefinition': {
    name: 'JobDefinitionName',
    arn: (name, place) => `${arnStart(place, 'batch')}:job-definition/${name}:${FIRST_VERSION}`,
    ref: 'arn',
    arnAttribute: 'JobDefinitionArn',
  },
  'AWS::SecretsManager::Secret': regional('secretsmanager', 'secret:', {
    ...{ name: 'Name', ref: 'arn', arnAttribute: 'Id' },
  }),
};

function queueUrl(name: string, { region, account, partition }: Place): string {
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://sqs.${region}.${suffix}/${account}/${name}`;
}

function machineOfAlias(property: Property): string {
  const routing = property('RoutingConfiguration');
  const [route] = Array.isArray(routing) ? (routing as unknown[]) : [];
  const leads = isObject(route) ? route : property('DeploymentPreference');
  const version = isObject(leads) ? String(leads['StateMachineVersionArn']) : '';
  return version.replace(/:[^:]*$/, '');
}

/** How a resource is addressed from elsewhere in its template. */
export interface ResourceIdentity {
  readonly ref: string;
  readonly name: string;
  readonly arn?: string;
  /** What `Fn::GetAtt` gives, as far as it can be told. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** `resolve` gives the value of a property. */
export function identityOf(
  stackName: string,
  place: Place,
  logicalId: string,
  resource: JsonObject,
  resolve: (value: unknown) => unknown,
): ResourceIdentity {
  const properties = objectAt(resource, 'Properties');
  const known = own(IDENTITIES, String(resource.Type));
  const given = known?.name === undefined ? undefined : properties[known.name];
  const madeUp = `${stackName}-${logicalId}`;
  const name =
    given === undefined
      ? known?.lowerCase
        ? madeUp.toLowerCase()
        : madeUp
      : String(resolve(given));
  if (known === undefined) return { name, ref: name, attributes: {} };
  const arn = known.arn(name, place, (property) => resolve(properties[property]));
  const attributes: Readonly<Record<string, string>> = {
    ...known.attributes?.(name, place),
    [known.arnAttribute ?? 'Arn']: arn,
  };
  const ref = { arn, name, url: attributes['QueueUrl'] ?? name }[known.ref];
  return { name, arn, ref, attributes };
}
