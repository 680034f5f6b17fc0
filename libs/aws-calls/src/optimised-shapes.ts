import type { AwsCall } from './call.ts';
import type { Shape } from './models/shape.ts';

/** What an optimised integration changes of the operation that it calls. */
export interface OptimisedShape {
  /** The service whose model it is, where its name is another; false: it has none. */
  readonly model?: string | false;
  /** Members that take any JSON, which Step Functions writes as text: their paths. */
  readonly json?: readonly string[];
  /** What it takes and gives where no model says it. */
  readonly input?: Shape;
  readonly output?: Shape;
  /** `.sync` answers with what this operation does, or a part of it; true: with a form of its own. */
  readonly sync?: readonly [action: string, ...part: string[]] | true;
  /** The service whose errors it gives, where it has no model. */
  readonly errorsOf?: string;
  /** What its errors begin with. */
  readonly errorPrefix: string;
}

const text: Shape = { type: 'string' };
const any: Shape = {};
const open: Shape = { type: 'object' };

const members = (properties: Readonly<Record<string, Shape>>, ...required: string[]): Shape => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const HTTP_METHOD: Shape = {
  ...text,
  examples: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'],
};
const HTTP_ANSWER = members({
  Headers: { type: 'object', additionalProperties: any },
  ResponseBody: any,
  StatusCode: { type: 'number' },
  StatusText: text,
});
const EXECUTION = (data: Shape): Shape => {
  const moment: Shape = { type: ['string', 'number'] };
  return members({
    ...{ ExecutionArn: text, Input: data, InputDetails: open, Name: text },
    ...{ Output: data, OutputDetails: open, StartDate: moment, StateMachineArn: text },
    ...{ Status: text, StopDate: moment, TraceHeader: text, RedriveCount: { type: 'number' } },
    ...{ RedriveStatus: text, RedriveStatusReason: text, Error: text, Cause: text },
    ...{ StateMachineVersionArn: text, StateMachineAliasArn: text, MapRunArn: text },
  });
};
const SAGEMAKER = { errorPrefix: 'SageMaker' };
const CODEBUILD = { errorPrefix: 'CodeBuild' };
const ATHENA = { errorPrefix: 'Athena' };
const DYNAMODB = { errorPrefix: 'DynamoDB' };
const EMR_CONTAINERS = { model: 'emrcontainers', errorPrefix: 'EMRContainers' };
const EMR_SERVERLESS = { model: 'emrserverless', errorPrefix: 'EmrServerless' };

/**
 * https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html, and for each the
 * page that its line names: `connect-…` below the same address. Amazon EMR, EKS and the rest that
 * are not here have shapes of their own, of which AWS publishes no model.
 */
const SHAPES: Readonly<Record<string, OptimisedShape>> = {
  // connect-api-gateway
  'apigateway:invoke': {
    model: false,
    errorPrefix: 'ApiGateway',
    input: members(
      {
        ...{ ApiEndpoint: text, Method: HTTP_METHOD, Headers: open, Stage: text, Path: text },
        ...{ QueryParameters: open, RequestBody: any, AllowNullValues: { type: 'boolean' } },
        AuthType: { ...text, examples: ['NO_AUTH', 'IAM_ROLE', 'RESOURCE_POLICY'] },
      },
      ...['ApiEndpoint', 'Method'],
    ),
    output: HTTP_ANSWER,
  },
  // connect-athena
  'athena:startQueryExecution': { ...ATHENA, sync: ['getQueryExecution'] },
  'athena:stopQueryExecution': ATHENA,
  'athena:getQueryExecution': ATHENA,
  'athena:getQueryResults': ATHENA,
  // connect-batch
  'batch:submitJob': { errorPrefix: 'Batch', sync: ['describeJobs', 'Jobs', '[]'] },
  // connect-bedrock: the model's own words, or where they lie in S3
  'bedrock:invokeModel': {
    model: false,
    errorPrefix: 'Bedrock',
    input: members(
      {
        ...{ ModelId: text, Body: any, Accept: text, ContentType: text, Input: open, Output: open },
        ...{ GuardrailIdentifier: text, GuardrailVersion: text, Trace: text },
      },
      'ModelId',
    ),
    output: members({ Body: any, ContentType: text }),
  },
  'bedrock:createModelCustomizationJob': { errorPrefix: 'Bedrock', sync: true },
  // connect-codebuild
  'codebuild:startBuild': { ...CODEBUILD, sync: true },
  'codebuild:startBuildBatch': { ...CODEBUILD, sync: true },
  'codebuild:stopBuild': CODEBUILD,
  'codebuild:batchDeleteBuilds': CODEBUILD,
  'codebuild:batchGetReports': CODEBUILD,
  // connect-databrew
  'databrew:startJobRun': { errorPrefix: 'DataBrew', sync: true },
  // connect-ddb
  'dynamodb:getItem': DYNAMODB,
  'dynamodb:putItem': DYNAMODB,
  'dynamodb:updateItem': DYNAMODB,
  'dynamodb:deleteItem': DYNAMODB,
  // connect-ecs
  'ecs:runTask': { errorPrefix: 'ECS', sync: ['describeTasks', 'Tasks', '[]'] },
  // connect-emr-eks
  'emr-containers:createVirtualCluster': EMR_CONTAINERS,
  'emr-containers:deleteVirtualCluster': { ...EMR_CONTAINERS, sync: true },
  'emr-containers:startJobRun': { ...EMR_CONTAINERS, sync: true },
  // connect-emr-serverless
  'emr-serverless:createApplication': { ...EMR_SERVERLESS, sync: true },
  'emr-serverless:startApplication': { ...EMR_SERVERLESS, sync: true },
  'emr-serverless:stopApplication': { ...EMR_SERVERLESS, sync: true },
  'emr-serverless:deleteApplication': { ...EMR_SERVERLESS, sync: true },
  'emr-serverless:startJobRun': { ...EMR_SERVERLESS, sync: true },
  'emr-serverless:cancelJobRun': { ...EMR_SERVERLESS, sync: true },
  // connect-eventbridge: what is a text in the API is JSON here
  'events:putEvents': {
    model: 'eventbridge',
    errorPrefix: 'EventBridge',
    json: ['Entries[].Detail'],
  },
  // connect-glue
  'glue:startJobRun': { errorPrefix: 'Glue', sync: ['getJobRun', 'JobRun'] },
  // call-https-apis
  'http:invoke': {
    model: false,
    errorPrefix: 'States.Http',
    input: members(
      {
        ...{ ApiEndpoint: text, Method: HTTP_METHOD, Headers: open, QueryParameters: open },
        ...{ RequestBody: any, Transform: open },
        InvocationConfig: members({ ConnectionArn: text }, 'ConnectionArn'),
        Authentication: members({ ConnectionArn: text }, 'ConnectionArn'),
      },
      ...['ApiEndpoint', 'Method'],
    ),
    output: HTTP_ANSWER,
  },
  // connect-lambda: the function's own answer in an envelope
  'lambda:invoke': {
    model: false,
    errorPrefix: 'Lambda',
    errorsOf: 'lambda',
    input: members(
      {
        ...{ FunctionName: text, Payload: any, Qualifier: text, ClientContext: any },
        InvocationType: { ...text, examples: ['RequestResponse', 'Event', 'DryRun'] },
        LogType: { ...text, examples: ['None', 'Tail'] },
      },
      'FunctionName',
    ),
    output: members({
      ...{ ExecutedVersion: text, FunctionError: text, LogResult: text, Payload: any },
      StatusCode: { type: 'number' },
    }),
  },
  // connect-mediaconvert
  'mediaconvert:createJob': { errorPrefix: 'MediaConvert', sync: true },
  // connect-sagemaker
  'sagemaker:createEndpoint': SAGEMAKER,
  'sagemaker:createEndpointConfig': SAGEMAKER,
  'sagemaker:createHyperParameterTuningJob': {
    ...SAGEMAKER,
    sync: ['describeHyperParameterTuningJob'],
  },
  'sagemaker:createLabelingJob': { ...SAGEMAKER, sync: ['describeLabelingJob'] },
  'sagemaker:createModel': SAGEMAKER,
  'sagemaker:createProcessingJob': { ...SAGEMAKER, sync: ['describeProcessingJob'] },
  'sagemaker:createTrainingJob': { ...SAGEMAKER, sync: ['describeTrainingJob'] },
  'sagemaker:createTransformJob': { ...SAGEMAKER, sync: ['describeTransformJob'] },
  'sagemaker:updateEndpoint': SAGEMAKER,
  // connect-sns
  'sns:publish': { errorPrefix: 'SNS', json: ['Message'] },
  // connect-sqs
  'sqs:sendMessage': { errorPrefix: 'SQS', json: ['MessageBody'] },
  // connect-stepfunctions: the envelope's Input and Output are JSON under .sync:2, texts under .sync
  'states:startExecution': {
    model: false,
    errorPrefix: 'StepFunctions',
    errorsOf: 'sfn',
    input: members(
      { StateMachineArn: text, Input: any, Name: text, TraceHeader: text },
      'StateMachineArn',
    ),
    output: members({ ExecutionArn: text, StartDate: { type: ['string', 'number'] } }),
  },
};

/** Undefined for an integration of which nothing is published. */
export function optimisedShape(service: string, action: string): OptimisedShape | undefined {
  return SHAPES[`${service}:${action}`];
}

/**
 * The service whose client makes a call, by the name that SDK integrations give it; undefined for a
 * job that is waited for, and for what is no operation of a client.
 */
export function clientService(call: AwsCall): string | undefined {
  if (call.waits === 'sync' || call.isDirect === true) return undefined;
  if (call.integration === 'aws-sdk') return call.service;
  const shape = optimisedShape(call.service, call.action);
  return shape === undefined || shape.model === false ? undefined : (shape.model ?? call.service);
}

/** What `states:startExecution.sync` answers, `.sync:2` with JSON in it. */
export function executionEnvelope(isJson: boolean): Shape {
  return EXECUTION(isJson ? any : text);
}

/** What Step Functions adds to the answer of an optimised integration. */
export const ADDED: Readonly<Record<string, Shape>> = {
  SdkHttpMetadata: open,
  SdkResponseMetadata: open,
};
