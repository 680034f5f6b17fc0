import { join } from 'node:path';
import { readAssembly } from '@harmony/assembly';
import { Engine, type Json, type JsonObject, virtualClock } from '@harmony/engine';
import { findStateMachine } from '@harmony/local';

/**
 * What `aws stepfunctions get-execution-history` would write of an execution of a state machine of
 * the test workspace.
 * @param answers by state, for each of its calls
 */
export async function recordedHistory(
  root: string,
  name: string,
  input: Json,
  answers: Readonly<Record<string, Json>> = {},
): Promise<{ readonly events: JsonObject[] }> {
  const events: JsonObject[] = [];
  const [stage] = (await readAssembly(join(root, 'infra/cdk.out'))).stages;
  if (stage === undefined) throw new Error('the test workspace has no stage');
  const { arn, name: full, roleArn, definition } = findStateMachine(stage, name);
  const engine = new Engine({
    clock: virtualClock(Date.parse('2026-03-01T08:00:00Z')),
    interceptTask: () => true,
    runTask: async ({ stateName }) => answers[stateName] ?? null,
    onEvent: ({ event: { timestamp, ...event } }) => {
      events.push({ timestamp: new Date(timestamp).toISOString(), ...(event as JsonObject) });
    },
  });
  engine.addStateMachine({ arn, name: full, roleArn, definition: definition as JsonObject });
  await engine.startExecution({ stateMachineArn: arn, name: 'night-1', input }).result;
  return { events };
}

/** Of the child `greenhouse`, which reads a sensor and decides in a function. */
export const greenhouseHistory = (root: string) =>
  recordedHistory(
    root,
    'greenhouse',
    { payload: { site: 'north' }, configuration: { minimum: 18 } },
    {
      'Read sensor': { degrees: 21 },
      Decide: { Payload: { degrees: 21, heat: false }, StatusCode: 200 },
    },
  );
