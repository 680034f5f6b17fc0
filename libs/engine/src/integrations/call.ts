import type { CancelTimer } from '../clock/clock.ts';
import { dataLimitExceeded, failure, type Failure } from '../core/failure.ts';
import type { Thread } from '../core/port.ts';
import { copyJson, plainJson, type Json, type JsonObject } from '../json.ts';
import { exceedsBytes } from '../limits.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskRequest } from '../types.ts';

export interface TaskCallOptions {
  /** The Resource as written. */
  readonly resource: string;
  readonly input: Json;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly credentials: Json | undefined;
  /** Takes the Task's raw result. */
  readonly succeed: (output: Json) => void;
}

/** The history events of one kind of Task. */
export interface TaskEvents {
  /** What causes name when its result is too large. */
  readonly service: string;
  scheduled(call: TaskCall): void;
  started(call: TaskCall): void;
  submitted?(call: TaskCall, output: Json): void;
  succeeded(call: TaskCall, output: Json): void;
  failed(call: TaskCall, how: Failure): void;
  timedOut(call: TaskCall, how: Failure): void;
}

/**
 * One attempt of a Task, from TaskScheduled to its answer. Settles once; whatever comes after the
 * answer, the timeout or an abort is ignored.
 */
export class TaskCall {
  readonly thread: Thread;
  readonly options: TaskCallOptions;
  readonly #visit: number;
  #events: TaskEvents | undefined;
  #timeout: CancelTimer | undefined;
  #heartbeat: CancelTimer | undefined;
  #request: Request | undefined;
  #cleanups: ((why: 'aborted' | 'settled') => void)[] = [];
  #open = true;

  constructor(thread: Thread, options: TaskCallOptions) {
    this.thread = thread;
    this.options = options;
    this.#visit = thread.visit;
  }

  get input(): Json {
    return this.options.input;
  }

  /** Emits …Scheduled and …Started and starts the clocks. */
  begin(events: TaskEvents, options: { started?: boolean } = {}): void {
    this.#events = events;
    const { thread } = this;
    const { timeoutSeconds } = this.options;
    thread.onAbort = () => this.#close('aborted');
    events.scheduled(this);
    if (options.started !== false) events.started(this);
    if (timeoutSeconds !== undefined) {
      const { scheduler } = thread.execution.services;
      this.#timeout = scheduler.timer(scheduler.now() + timeoutSeconds * 1000, () =>
        this.#timedOut('States.Timeout'),
      );
    }
  }

  /** Starts, or restarts, the wait for a heartbeat; for Tasks that have a token. */
  beat(): void {
    const { heartbeatSeconds } = this.options;
    if (heartbeatSeconds === undefined || !this.#open) return;
    this.#heartbeat?.();
    const { scheduler } = this.thread.execution.services;
    this.#heartbeat = scheduler.timer(scheduler.now() + heartbeatSeconds * 1000, () =>
      this.#timedOut('States.HeartbeatTimeout'),
    );
  }

  get open(): boolean {
    return this.#open;
  }

  started(): void {
    this.#step(() => this.#events?.started(this));
  }

  /** The service took the request; the answer comes later. */
  submitted(output: Json): void {
    this.#step(() => this.#events?.submitted?.(this, output));
  }

  succeed(output: Json): void {
    this.#settle(() => {
      const { thread } = this;
      if (exceedsBytes(output, thread.execution.services.limits.stateDataBytes)) {
        const how = dataLimitExceeded(this.#events?.service ?? this.options.resource);
        this.#events?.failed(this, how);
        thread.fail(how);
        return;
      }
      this.#events?.succeeded(this, output);
      thread.trigger = thread.pointer;
      this.options.succeed(output);
    });
  }

  fail(how: Failure): void {
    this.#settle(() => {
      this.#events?.failed(this, how);
      this.thread.fail(how);
    });
  }

  /** Asks `runTask`, and holds the clock until it answers or parks. */
  run(settle: {
    ok: (output: Json) => void;
    failed: (how: Failure) => void;
    /** It parked: the request was taken, the answer is somebody else's. */
    parked?: () => void;
  }): void {
    const { services } = this.thread.execution;
    const request = this.request();
    const { parked } = settle;
    if (parked !== undefined) request.whenParked(() => this.#step(parked));
    request.hold();
    const answered = (step: () => void): void => {
      request.answered();
      // The clock stays held until what the answer sets off is under way.
      services.scheduler.holdOpen();
      this.#step(step);
      services.scheduler.release();
    };
    const answer = invoke(() => services.runTask(request));
    answer.then(
      (output) => answered(() => settle.ok(plainJson(output))),
      (thrown: unknown) => answered(() => settle.failed(failureOfTask(thrown))),
    );
  }

  /** What `runTask` is given; one for each attempt. */
  request(): Request {
    return (this.#request ??= new Request(this));
  }

  /** Called once, when the call is over. */
  whenOver(cleanup: (why: 'aborted' | 'settled') => void): void {
    this.#cleanups.push(cleanup);
  }

  #timedOut(error: string): void {
    this.#settle(() => {
      const how = failure(error, undefined);
      this.#events?.timedOut(this, how);
      this.thread.fail(how);
    });
  }

  #settle(step: () => void): void {
    if (!this.#open) return;
    this.#close('settled');
    this.thread.onAbort = undefined;
    this.thread.resume(this.#visit, step);
  }

  #step(step: () => void): void {
    if (this.#open) this.thread.resume(this.#visit, step);
  }

  #close(why: 'aborted' | 'settled'): void {
    if (!this.#open) return;
    this.#open = false;
    this.#timeout?.();
    this.#heartbeat?.();
    for (const cleanup of this.#cleanups) cleanup(why);
    this.#request?.abort();
  }
}

/** TaskRequest as an object whose costly parts are made when asked for. */
class Request implements TaskRequest {
  readonly resource: string;
  readonly input: Json;
  readonly stateName: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly attempt: number;
  readonly context: JsonObject;
  readonly taskToken?: string;
  readonly credentials?: Json;
  readonly #scheduler;
  readonly #patienceMs: number;
  #controller: AbortController | undefined;
  #aborted = false;
  #answered = false;
  #patience: NodeJS.Timeout | undefined;
  #parked: (() => void) | undefined;
  #holding = false;

  constructor(call: TaskCall) {
    const { thread, options } = call;
    const { execution } = thread;
    this.#scheduler = execution.services.scheduler;
    this.#patienceMs = execution.services.taskPatienceMs;
    this.resource = options.resource;
    // A copy: what a Task does to its input must not reach the execution.
    this.input = copyJson(options.input);
    this.stateName = thread.state.name;
    this.executionArn = execution.arn;
    this.stateMachineArn = execution.stateMachineArn;
    this.attempt = thread.retryCount;
    this.context = copyJson(thread.context) as JsonObject;
    if (thread.taskToken !== undefined) this.taskToken = thread.taskToken;
    if (options.credentials !== undefined) this.credentials = options.credentials;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** Time stands still until the answer, `park`, or the end of the engine's patience. */
  hold(): void {
    this.#holding = true;
    this.#scheduler.holdOpen();
    if (this.#scheduler.clock.virtual && this.#patienceMs !== Infinity) {
      this.#patience = setTimeout(() => this.park(), this.#patienceMs);
    }
  }

  park(): void {
    if (!this.#holding) return;
    this.#parked?.();
    this.#letGo();
  }

  elapse(ms: number): Promise<void> {
    this.park();
    return new Promise((resolve) => {
      const cancel = this.#scheduler.timer(this.#scheduler.now() + ms, () => {
        if (this.#aborted) return;
        // Until the answer is there, time stands still again.
        this.hold();
        resolve();
      });
      this.signal.addEventListener('abort', cancel, { once: true });
    });
  }

  whenParked(parked: () => void): void {
    this.#parked = parked;
  }

  #letGo(): void {
    if (!this.#holding) return;
    this.#holding = false;
    clearTimeout(this.#patience);
    this.#scheduler.release();
  }

  /** The answer is there: it no longer holds the clock, and there is nothing to abort. */
  answered(): void {
    this.#answered = true;
    this.#letGo();
  }

  /** The call is over. Whoever still works on an answer hears of it. */
  abort(): void {
    if (this.#answered) return;
    this.#aborted = true;
    this.#controller?.abort();
    // Nobody waits for this answer any more, so it no longer holds the clock.
    this.#letGo();
  }
}

async function invoke(run: () => Promise<Json>): Promise<Json> {
  return run();
}

function failureOfTask(thrown: unknown): Failure {
  if (thrown instanceof TaskFailure) {
    return { ...failure(thrown.error, thrown.cause), fatal: thrown.fatal };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return failure('States.TaskFailed', message);
}
