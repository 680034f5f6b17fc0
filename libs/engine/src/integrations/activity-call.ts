import { optional, text, type Asked } from './sfn-api.ts';

/** Milliseconds that GetActivityTask holds the line for (its API reference). */
const LONG_POLL_MS = 60_000;

/** GetActivityTask: the oldest task, or the next one that comes within a minute, or nothing. */
export function getActivityTask({ call, parameters, answer }: Asked): void {
  const { activities, scheduler } = call.thread.execution.services;
  const arn = text(parameters, 'ActivityArn');
  const worker = optional(parameters['WorkerName']);
  const hangUp = activities.poll(arn, worker, ({ taskToken, input }) => {
    cancel();
    answer.ok({ Input: input, TaskToken: taskToken });
  });
  const cancel = scheduler.timer(scheduler.now() + LONG_POLL_MS, () => {
    hangUp();
    answer.ok({});
  });
  call.whenOver(() => {
    hangUp();
    cancel();
  });
}
