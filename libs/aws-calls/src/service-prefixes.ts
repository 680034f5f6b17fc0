/**
 * IAM's prefix of a service, where it is not the name that Step Functions calls the service by.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const PREFIXES: Readonly<Record<string, string>> = {
  accessanalyzer: 'access-analyzer',
  acmpca: 'acm-pca',
  applicationautoscaling: 'application-autoscaling',
  bedrockagent: 'bedrock',
  bedrockagentruntime: 'bedrock',
  bedrockruntime: 'bedrock',
  cloudwatchevents: 'events',
  cloudwatchlogs: 'logs',
  cognitoidentity: 'cognito-identity',
  cognitoidentityprovider: 'cognito-idp',
  costandusagereport: 'cur',
  costexplorer: 'ce',
  databasemigration: 'dms',
  directory: 'ds',
  docdb: 'rds',
  dynamodbstreams: 'dynamodb',
  efs: 'elasticfilesystem',
  elasticloadbalancingv2: 'elasticloadbalancing',
  elasticsearch: 'es',
  emr: 'elasticmapreduce',
  emrcontainers: 'emr-containers',
  emrserverless: 'emr-serverless',
  eventbridge: 'events',
  kinesisanalyticsv2: 'kinesisanalytics',
  lexruntimev2: 'lex',
  neptune: 'rds',
  opensearch: 'es',
  pinpoint: 'mobiletargeting',
  rdsdata: 'rds-data',
  redshiftdata: 'redshift-data',
  redshiftserverless: 'redshift-serverless',
  resourcegroups: 'resource-groups',
  resourcegroupstaggingapi: 'tag',
  s3control: 's3',
  sagemakerruntime: 'sagemaker',
  sesv2: 'ses',
  sfn: 'states',
  ssoadmin: 'sso',
};

/** Services whose IAM actions are not named after their calls. */
const UNNAMEABLE = new Set(['apigateway', 'apigatewayv2', 'apigatewaymanagementapi']);

/** Undefined where a call of the service has no action of its name. */
export function iamPrefix(service: string): string | undefined {
  return UNNAMEABLE.has(service) ? undefined : (PREFIXES[service] ?? service);
}

export const SERVICES_WITH_A_PREFIX: readonly string[] = Object.keys(PREFIXES);
