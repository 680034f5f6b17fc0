/**
 * What an optimised integration needs, besides what it is named after when Step Functions waits
 * for what it started. https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
interface Optimised {
  /** For the call itself. */
  readonly actions: readonly string[];
  /** More for `.sync`: to see how it ends, and to stop it. */
  readonly sync?: readonly string[];
  /** The managed rule by which EventBridge tells its end, for `.sync`. */
  readonly rule?: string;
}

/** `events:*` on the managed rule. */
export const RULE_ACTIONS = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'] as const;

const OPTIMISED: Readonly<Record<string, Optimised>> = {
  'apigateway:invoke': { actions: ['execute-api:Invoke'] },
  'athena:startQueryExecution': {
    actions: ['athena:StartQueryExecution'],
    sync: ['athena:GetQueryExecution', 'athena:StopQueryExecution'],
  },
  'batch:submitJob': {
    actions: ['batch:SubmitJob'],
    sync: ['batch:DescribeJobs', 'batch:TerminateJob'],
    rule: 'StepFunctionsGetEventsForBatchJobsRule',
  },
  'bedrock:invokeModel': { actions: ['bedrock:InvokeModel'] },
  'codebuild:startBuild': {
    actions: ['codebuild:StartBuild'],
    sync: ['codebuild:StopBuild', 'codebuild:BatchGetBuilds'],
    rule: 'StepFunctionsGetEventForCodeBuildStartBuildRule',
  },
  'dynamodb:deleteItem': { actions: ['dynamodb:DeleteItem'] },
  'dynamodb:getItem': { actions: ['dynamodb:GetItem'] },
  'dynamodb:putItem': { actions: ['dynamodb:PutItem'] },
  'dynamodb:updateItem': { actions: ['dynamodb:UpdateItem'] },
  'ecs:runTask': {
    actions: ['ecs:RunTask'],
    sync: ['ecs:StopTask', 'ecs:DescribeTasks'],
    rule: 'StepFunctionsGetEventsForECSTaskRule',
  },
  'events:putEvents': { actions: ['events:PutEvents'] },
  'glue:startJobRun': {
    actions: ['glue:StartJobRun'],
    sync: ['glue:GetJobRun', 'glue:GetJobRuns', 'glue:BatchStopJobRun'],
  },
  'http:invoke': {
    actions: [
      'states:InvokeHTTPEndpoint',
      'events:RetrieveConnectionCredentials',
      'secretsmanager:GetSecretValue',
      'secretsmanager:DescribeSecret',
    ],
  },
  'lambda:invoke': { actions: ['lambda:InvokeFunction'] },
  'sns:publish': { actions: ['sns:Publish'] },
  'sqs:sendMessage': { actions: ['sqs:SendMessage'] },
  'states:startExecution': {
    actions: ['states:StartExecution'],
    sync: ['states:DescribeExecution', 'states:StopExecution'],
    rule: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
  },
};

/** Undefined for an integration that is not in the table. */
export function optimised(service: string, action: string): Optimised | undefined {
  return OPTIMISED[`${service}:${action}`];
}

export const OPTIMISED_ACTIONS: readonly string[] = Object.values(OPTIMISED).flatMap(
  ({ actions, sync = [] }) => [...actions, ...sync],
);
