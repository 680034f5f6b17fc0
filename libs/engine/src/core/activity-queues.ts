/** What GetActivityTask gives a worker. */
export interface ActivityTask {
  readonly taskToken: string;
  /** JSON text. */
  readonly input: string;
}

interface Waiting {
  /** Its Task still waits: it was neither aborted nor timed out. */
  open(): boolean;
  readonly take: (workerName: string | undefined) => ActivityTask;
}

/** Activity tasks that wait for a worker, first come first served, per activity. */
export class ActivityQueues {
  readonly #waiting = new Map<string, Waiting[]>();

  add(activityArn: string, waiting: Waiting): void {
    const queue = this.#waiting.get(activityArn);
    if (queue === undefined) this.#waiting.set(activityArn, [waiting]);
    else queue.push(waiting);
  }

  take(activityArn: string, workerName: string | undefined): ActivityTask | undefined {
    const queue = this.#waiting.get(activityArn);
    for (let next = queue?.shift(); next !== undefined; next = queue?.shift()) {
      if (next.open()) return next.take(workerName);
    }
    return undefined;
  }
}
