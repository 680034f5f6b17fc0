import * as aliases from './aliases.ts';
import * as executions from './executions.ts';
import * as mapRuns from './map-runs.ts';
import type { Operation } from './operation.ts';
import * as stateMachines from './state-machines.ts';
import * as tags from './tags.ts';
import * as tasks from './tasks.ts';
import { testState } from './test-state.ts';
import * as versions from './versions.ts';

/** Every operation that is supported, by its name in the API. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    CreateActivity: tasks.createActivity,
    CreateStateMachine: stateMachines.createStateMachine,
    CreateStateMachineAlias: aliases.createStateMachineAlias,
    DeleteActivity: tasks.deleteActivity,
    DeleteStateMachine: stateMachines.deleteStateMachine,
    DeleteStateMachineAlias: aliases.deleteStateMachineAlias,
    DeleteStateMachineVersion: versions.deleteStateMachineVersion,
    DescribeActivity: tasks.describeActivity,
    DescribeExecution: executions.describeExecution,
    DescribeMapRun: mapRuns.describeMapRun,
    DescribeStateMachine: stateMachines.describeStateMachine,
    DescribeStateMachineAlias: aliases.describeStateMachineAlias,
    DescribeStateMachineForExecution: stateMachines.describeStateMachineForExecution,
    GetActivityTask: tasks.getActivityTask,
    GetExecutionHistory: executions.getExecutionHistory,
    ListActivities: tasks.listActivities,
    ListExecutions: executions.listExecutions,
    ListMapRuns: mapRuns.listMapRuns,
    ListStateMachineAliases: aliases.listStateMachineAliases,
    ListStateMachineVersions: versions.listStateMachineVersions,
    ListStateMachines: stateMachines.listStateMachines,
    ListTagsForResource: tags.listTagsForResource,
    PublishStateMachineVersion: versions.publishStateMachineVersion,
    RedriveExecution: executions.redriveExecution,
    SendTaskFailure: tasks.sendTaskFailure,
    SendTaskHeartbeat: tasks.sendTaskHeartbeat,
    SendTaskSuccess: tasks.sendTaskSuccess,
    StartExecution: executions.startExecution,
    StartSyncExecution: executions.startSyncExecution,
    StopExecution: executions.stopExecution,
    TagResource: tags.tagResource,
    TestState: testState,
    UntagResource: tags.untagResource,
    UpdateStateMachine: stateMachines.updateStateMachine,
    UpdateStateMachineAlias: aliases.updateStateMachineAlias,
    ValidateStateMachineDefinition: stateMachines.validateStateMachineDefinition,
  }),
);
