import type { Stage, StateMachine } from '@harmony/assembly';
import {
  type History,
  historyOfExecution,
  machineIn,
  nestedExecutions,
  parseHistory,
} from '@harmony/contract-checks/replay';
import { findStateMachine } from '@harmony/local';
import { readText } from '../../../input/read-text.ts';
import type { Io } from '../../../io.ts';
import { UsageError } from '../../../usage-error.ts';

/** An execution, and the state machine of the assembly that it is of. */
export interface Recording {
  readonly history: History;
  readonly machine: StateMachine;
  /** The executions that it started are recorded themselves. */
  readonly nested: boolean;
}

const ARN = /^arn:aws[\w-]*:states:[^:]*:\d{12}:execution:([^:]+):[^:]+$/;

/**
 * Reads executions: files, or from AWS, then with those that they started and waited for.
 * @throws HarmonyError
 */
export async function recordingsOf(
  executions: readonly string[],
  child: string | undefined,
  place: { readonly stage: Stage; readonly stages: readonly string[] },
  io: Io,
): Promise<readonly Recording[]> {
  const recordings: Recording[] = [];
  for (const execution of executions) {
    if (!execution.startsWith('arn:')) {
      const history = parseHistory(await readText(execution, '', io), execution);
      const name = child ?? machineIn(history);
      if (name === undefined) {
        throw new UsageError(`${execution} does not say whose history it is: add --child NAME.`);
      }
      recordings.push({ history, machine: machineNamed(name, place), nested: false });
      continue;
    }
    const queue = [execution];
    for (const arn of queue) {
      const machineName = ARN.exec(arn)?.[1];
      if (machineName === undefined) {
        throw new UsageError(`${arn} is not the ARN of a Standard workflow's execution.`);
      }
      const history = await historyOfExecution(arn);
      const own = arn === execution ? (child ?? machineName) : machineName;
      const nested = nestedExecutions(history);
      recordings.push({ history, machine: machineNamed(own, place), nested: nested.length > 0 });
      queue.push(...nested.filter((each) => !queue.includes(each)));
    }
  }
  return recordings;
}

/** By its own name, or as a stage deploys it: `prod-billing-alerts`. */
function machineNamed(
  name: string,
  { stage, stages }: { readonly stage: Stage; readonly stages: readonly string[] },
): StateMachine {
  const prefix = stages.find((each) => name.startsWith(`${each}-`));
  return findStateMachine(stage, prefix === undefined ? name : name.slice(prefix.length + 1));
}
