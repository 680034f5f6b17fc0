import type { CallPlace } from './place.ts';

/** A Task's `Arguments` or `Parameters`. */
export type CallArguments = Readonly<Record<string, unknown>>;

type Build = (value: string, place: CallPlace) => string;

const arn =
  (service: string, rest: (value: string) => string): Build =>
  (value, { partition, region, account }) =>
    value.startsWith('arn:')
      ? value
      : `arn:${partition}:${service}:${region}:${account}:${rest(value)}`;

/** Which argument names the resource of an action, and the ARN that it makes. */
const RESOURCES: Readonly<Record<string, readonly [argument: string, build: Build]>> = {
  'dynamodb:*': ['TableName', arn('dynamodb', (name) => `table/${name}`)],
  'lambda:InvokeFunction': ['FunctionName', arn('lambda', (name) => `function:${name}`)],
  'sns:Publish': ['TopicArn', (value) => value],
  'sqs:*': [
    'QueueUrl',
    (url, { partition }) => {
      // https://sqs.REGION.amazonaws.com/ACCOUNT/NAME
      const [, region, account, name] =
        /^https:\/\/sqs\.([^.]+)\.[^/]+\/(\d+)\/(.+)$/.exec(url) ?? [];
      return name === undefined ? url : `arn:${partition}:sqs:${region}:${account}:${name}`;
    },
  ],
  's3:*': ['Bucket', (name, { partition }) => `arn:${partition}:s3:::${name}`],
  'secretsmanager:GetSecretValue': ['SecretId', (value) => value],
  'states:StartExecution': ['StateMachineArn', (value) => value],
};

/** Of S3's actions those that are allowed on objects: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const ON_OBJECTS =
  /^s3:(?:(?:Get|Put|Delete|Restore)Object|AbortMultipartUpload|ListMultipartUploadParts)/;

function keyIn({ Key }: CallArguments): string {
  return typeof Key === 'string' && isLiteral(Key) ? Key : '*';
}

/**
 * The resource that a call names, as an ARN; undefined where an expression does, where the service
 * is not known here, or where what is named is no ARN.
 */
export function staticResource(
  action: string,
  given: CallArguments,
  place: CallPlace,
): string | undefined {
  // What is copied lies elsewhere: CopySource is no ARN.
  if (action === 's3:GetObject' && 'CopySource' in given) return undefined;
  const [service = ''] = action.split(':');
  const [argument, build] = RESOURCES[action] ?? RESOURCES[`${service}:*`] ?? [];
  if (argument === undefined || build === undefined) return undefined;
  const value = given[argument];
  if (typeof value !== 'string' || !isLiteral(value)) return undefined;
  const named = build(value, place);
  const resource = ON_OBJECTS.test(action) ? `${named}/${keyIn(given)}` : named;
  return resource.startsWith('arn:') ? resource : undefined;
}

/** JSONPath's expressions have keys that end in `.$`; a JSONata one is a text between these. */
export function isLiteral(value: string): boolean {
  return !(value.startsWith('{%') && value.endsWith('%}'));
}
