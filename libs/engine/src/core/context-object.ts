import type { JsonObject } from '../json.ts';
import type { Thread, ThreadExecution } from './port.ts';
import { isoTime } from './time.ts';

/** The context object as expressions of the thread's current state see it. */
export function contextObject(thread: Thread): JsonObject {
  const { execution } = thread;
  const state: JsonObject = {
    Name: thread.state.name,
    EnteredTime: isoTime(thread.enteredAt),
  };
  if (thread.state.retryable) state['RetryCount'] = thread.retryCount;
  const map = thread.mapContext;
  const own: JsonObject = {
    Execution: executionContext(execution),
    StateMachine: {
      Id: execution.stateMachineArn,
      Name: execution.options.stateMachineName,
    },
    State: state,
    ...(map !== undefined && { Map: map }),
    ...(thread.taskToken !== undefined && { Task: { Token: thread.taskToken } }),
  };
  const { context } = execution.options;
  return context === undefined ? own : merged(own, context);
}

function merged(own: JsonObject, given: JsonObject): JsonObject {
  const parts = Object.entries(given).map(([name, part]) => [
    name,
    { ...(own[name] as JsonObject | undefined), ...(part as JsonObject) },
  ]);
  return { ...own, ...(Object.fromEntries(parts) as JsonObject) };
}

function executionContext(execution: ThreadExecution): JsonObject {
  const { options } = execution;
  const context: JsonObject = {
    Id: execution.arn,
    Input: options.input,
    StartTime: isoTime(execution.startDate),
    Name: execution.name,
    RoleArn: options.roleArn,
  };
  // Express executions cannot be redriven.
  if (options.type === 'STANDARD') {
    context['RedriveCount'] = execution.redriveCount;
    if (execution.redriveDate !== undefined) {
      context['RedriveTime'] = isoTime(execution.redriveDate);
    }
  }
  return context;
}
