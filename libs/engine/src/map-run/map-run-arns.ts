import type { ThreadExecution } from '../core/port.ts';
import type { StateMachineType } from '../types.ts';

/** What a Map Run and its children are called. */
export interface MapRunArns {
  readonly arn: string;
  /** Of the children. */
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
}

/** @param label the Map's own; without one the service makes it up */
export function mapRunArns(execution: ThreadExecution, label: string | undefined): MapRunArns {
  const { random } = execution;
  const [head, machine] = splitArn(execution.stateMachineArn);
  const stateMachineName = `${machine}/${label ?? random.uuid()}`;
  return {
    arn: `${head}:mapRun:${stateMachineName}:${random.uuid()}`,
    stateMachineArn: `${head}:stateMachine:${stateMachineName}`,
    stateMachineName,
  };
}

export function childArn(
  execution: ThreadExecution,
  { stateMachineName }: MapRunArns,
  type: StateMachineType,
  name: string,
): string {
  const [head] = splitArn(execution.stateMachineArn);
  const kind = type === 'EXPRESS' ? 'express' : 'execution';
  const tail = type === 'EXPRESS' ? `:${execution.random.uuid()}` : '';
  return `${head}:${kind}:${stateMachineName}:${name}${tail}`;
}

/** `arn:aws:states:region:account` and the state machine's name. */
function splitArn(stateMachineArn: string): [string, string] {
  const parts = stateMachineArn.split(':');
  return [parts.slice(0, 5).join(':'), parts.slice(6).join(':')];
}
