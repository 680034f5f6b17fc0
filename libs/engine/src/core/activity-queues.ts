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

interface Worker {
  readonly name: string | undefined;
  readonly give: (task: ActivityTask) => void;
}

/** Activity tasks that wait for a worker, first come first served, per activity. */
export class ActivityQueues {
  readonly #waiting = new Map<string, Waiting[]>();

  /** Workers that wait for a task, by activity. */
  readonly #workers = new Map<string, Worker[]>();

  add(activityArn: string, waiting: Waiting): void {
    const worker = this.#workers.get(activityArn)?.shift();
    if (worker !== undefined) {
      worker.give(waiting.take(worker.name));
      return;
    }
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

  /**
   * Gives the oldest task that waits, or the next one that comes.
   * @returns hangs up
   */
  poll(
    activityArn: string,
    name: string | undefined,
    give: (task: ActivityTask) => void,
  ): () => void {
    const task = this.take(activityArn, name);
    const worker = { name, give };
    const workers = this.#workers.get(activityArn) ?? [];
    if (task === undefined) this.#workers.set(activityArn, [...workers, worker]);
    else queueMicrotask(() => give(task));
    return () => {
      const left = this.#workers.get(activityArn)?.filter((other) => other !== worker) ?? [];
      this.#workers.set(activityArn, left);
    };
  }
}
