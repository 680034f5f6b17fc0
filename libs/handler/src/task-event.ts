import { HandlerError } from './errors.ts';

/**
 * What every Lambda Task of a child passes as `Payload`: Step Functions' context object and the
 * state's input. Only the parts of the context object that Harmony reads are declared.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
export interface TaskEvent {
  context: {
    Execution: { Id: string; Name: string; Input: unknown };
    StateMachine: { Id: string; Name: string };
    /** `EnteredTime` is ISO 8601 in UTC. It stays the same for every retry of the state. */
    State: { Name: string; EnteredTime: string; RetryCount: number };
  };
  input: unknown;
}

/**
 * The event as a TaskEvent.
 *
 * @throws HandlerError `InvalidTaskEvent` when the state machine did not pass the context object.
 */
export function readTaskEvent(event: unknown): TaskEvent {
  const context = (event as Partial<TaskEvent> | null | undefined)?.context;
  const missing = [
    ['context.Execution.Id', context?.Execution?.Id],
    ['context.StateMachine.Name', context?.StateMachine?.Name],
    ['context.State.Name', context?.State?.Name],
    ['context.State.EnteredTime', context?.State?.EnteredTime],
  ].find(([, value]) => typeof value !== 'string');
  if (missing !== undefined) {
    throw new HandlerError(
      'InvalidTaskEvent',
      `${String(missing[0])} is missing from the event: the Lambda Task must pass ` +
        '`context: {% $states.context %}` (JSONPath: `context.$: $$`) beside `input` in its Payload.',
    );
  }
  return event as TaskEvent;
}

/**
 * The time of the state, not of the machine that runs the handler: a retry computes the same
 * result, and a local run on a virtual clock sees the run's time.
 *
 * @throws HandlerError `InvalidTaskEvent` when the text is not a time.
 */
export function enteredTime(event: TaskEvent): Date {
  const now = new Date(event.context.State.EnteredTime);
  if (Number.isNaN(now.getTime())) {
    throw new HandlerError(
      'InvalidTaskEvent',
      `context.State.EnteredTime is ${JSON.stringify(event.context.State.EnteredTime)}: expected an ISO 8601 time.`,
    );
  }
  return now;
}
