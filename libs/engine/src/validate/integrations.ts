/** How a Task may call a service: the end of its Resource. */
export type Pattern = '' | '.sync' | '.sync:2' | '.waitForTaskToken';

const plain: readonly Pattern[] = [''];
const job: readonly Pattern[] = ['', '.sync'];
const token: readonly Pattern[] = ['', '.waitForTaskToken'];
const jobOrToken: readonly Pattern[] = ['', '.sync', '.waitForTaskToken'];

function actions(names: string, patterns: readonly Pattern[]): [string, readonly Pattern[]][] {
  return names.split(' ').map((name) => [name, patterns]);
}

/**
 * The optimized integrations and the patterns of their actions (Developer Guide, "Integrating
 * services with Step Functions"). AWS SDK integrations are not listed: any service and action.
 */
export const integrations: Readonly<Record<string, ReadonlyMap<string, readonly Pattern[]>>> = {
  apigateway: new Map(actions('invoke', token)),
  athena: new Map([
    ...actions('startQueryExecution', job),
    ...actions('stopQueryExecution getQueryExecution getQueryResults', plain),
  ]),
  batch: new Map(actions('submitJob', job)),
  bedrock: new Map([
    ...actions('invokeModel', plain),
    ...actions('createModelCustomizationJob', job),
  ]),
  codebuild: new Map([
    ...actions('startBuild startBuildBatch', job),
    ...actions(
      'stopBuild batchDeleteBuilds batchGetReports stopBuildBatch retryBuildBatch deleteBuildBatch batchGetBuildBatches',
      plain,
    ),
  ]),
  databrew: new Map(actions('startJobRun', job)),
  dynamodb: new Map(actions('getItem putItem updateItem deleteItem', plain)),
  ecs: new Map(actions('runTask', jobOrToken)),
  eks: new Map([
    ...actions(
      'createCluster deleteCluster createNodegroup deleteNodegroup createFargateProfile deleteFargateProfile runJob',
      job,
    ),
    ...actions('call', plain),
  ]),
  elasticmapreduce: new Map([
    ...actions('createCluster terminateCluster addStep', job),
    ...actions(
      'cancelStep setClusterTerminationProtection modifyInstanceFleetByName modifyInstanceGroupByName',
      plain,
    ),
  ]),
  'emr-containers': new Map([
    ...actions('createVirtualCluster', plain),
    ...actions('deleteVirtualCluster startJobRun', job),
  ]),
  'emr-serverless': new Map([
    ...actions('createApplication startApplication stopApplication deleteApplication', job),
    ...actions('startJobRun cancelJobRun', job),
  ]),
  events: new Map(actions('putEvents', token)),
  glue: new Map(actions('startJobRun', job)),
  http: new Map(actions('invoke', plain)),
  lambda: new Map(actions('invoke', token)),
  mediaconvert: new Map(actions('createJob', job)),
  sagemaker: new Map([
    ...actions(
      'createTrainingJob createTransformJob createProcessingJob createHyperParameterTuningJob createLabelingJob',
      job,
    ),
    ...actions('createEndpoint createEndpointConfig createModel updateEndpoint', plain),
  ]),
  sns: new Map(actions('publish', token)),
  sqs: new Map(actions('sendMessage', token)),
  states: new Map(actions('startExecution', ['', '.sync', '.sync:2', '.waitForTaskToken'])),
};
