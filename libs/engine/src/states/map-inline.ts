import { checkInput } from '../core/data-limit.ts';
import type { Failure } from '../core/failure.ts';
import type { Graph, OwnedThread, Thread, ThreadOwner } from '../core/port.ts';
import type { Json, JsonObject } from '../json.ts';

export interface InlineMapOptions {
  readonly graph: Graph;
  readonly items: readonly Json[];
  /** 0: as many as the service allows. */
  readonly concurrency: number;
  readonly select: ((mapContext: JsonObject) => Json) | undefined;
  readonly finish: (results: Json[]) => void;
}

/**
 * The iterations of one attempt of an inline Map. At most 40 run at once, as on AWS
 * (state-map-inline); the next one starts when one ends, and its events follow that one's.
 */
export class InlineMapRun implements ThreadOwner {
  readonly #parent: Thread;
  readonly #options: InlineMapOptions;
  readonly #results: Json[];
  /** One per iteration that runs at the same time; each is used again when its iteration is over. */
  readonly #threads: OwnedThread[] = [];
  #visit: number;
  #next = 0;
  #left: number;

  constructor(parent: Thread, options: InlineMapOptions) {
    this.#parent = parent;
    this.#options = options;
    this.#left = options.items.length;
    this.#results = new Array<Json>(options.items.length);
    this.#visit = parent.visit;
  }

  begin(): void {
    const parent = this.#parent;
    const { length } = this.#options.items;
    parent.emit('MapStateStarted', 'mapStateStartedEventDetails', { length });
    if (length === 0) {
      this.#complete();
      return;
    }
    const { inlineMapConcurrency } = parent.execution.services.limits;
    const width = Math.min(this.#options.concurrency || Infinity, inlineMapConcurrency, length);
    const started = parent.pointer;
    for (let index = 0; index < width; index++) this.#startNext(started);
  }

  /** @param free a thread whose iteration is over, to be used again */
  #startNext(previous: number, free?: OwnedThread): void {
    const index = this.#next++;
    const { items, select } = this.#options;
    const item = items[index] as Json;
    let input = item;
    if (select !== undefined) {
      input = select({ Item: { Index: index, Value: item } });
      checkInput(this.#parent, input);
    }
    const thread = free ?? this.#newThread();
    thread.reuse(index, item);
    thread.pointer = this.#emit(previous, 'MapIterationStarted', index);
    thread.start(input);
  }

  #newThread(): OwnedThread {
    const thread = this.#parent.fork(this.#options.graph, this);
    this.#threads.push(thread);
    return thread;
  }

  #emit(
    previous: number,
    type: `MapIteration${'Started' | 'Succeeded' | 'Failed' | 'Aborted'}`,
    index: number,
  ): number {
    const { execution, state } = this.#parent;
    if (!execution.recording) return execution.nextId();
    const key = `m${type.slice(1)}EventDetails` as const;
    return execution.emit(previous, type, key, { name: state.name, index });
  }

  ended(thread: OwnedThread, output: Json): void {
    const parent = this.#parent;
    this.#results[thread.index] = output;
    this.#left--;
    parent.resume(this.#visit, () => {
      // The next iteration follows this one's last state, the state's end follows …Succeeded.
      const succeeded = this.#emit(thread.pointer, 'MapIterationSucceeded', thread.index);
      if (this.#left === 0) {
        parent.pointer = succeeded;
        this.#complete();
      } else if (this.#next < this.#options.items.length) {
        this.#startNext(thread.pointer, thread);
      }
    });
  }

  #complete(): void {
    const parent = this.#parent;
    parent.execution.emit(parent.pointer, 'MapStateSucceeded');
    parent.trigger = parent.pointer;
    this.#options.finish(this.#results);
  }

  failed(thread: OwnedThread, how: Failure): void {
    const parent = this.#parent;
    parent.resume(this.#visit, () => {
      this.#emit(thread.pointer, 'MapIterationFailed', thread.index);
      this.abort(true);
      parent.pointer = thread.pointer;
      parent.fail(how);
    });
  }

  abort(recorded: boolean): void {
    const running = this.#threads.filter((thread) => thread.status === 'RUNNING');
    running.sort((a, b) => a.index - b.index);
    for (const thread of running) {
      thread.abort(recorded);
      if (recorded) this.#emit(thread.pointer, 'MapIterationAborted', thread.index);
    }
  }

  waiting(): string[] {
    return this.#threads.flatMap((thread) => thread.waitingStates());
  }

  /**
   * Goes on with the iterations that failed or were aborted, then with those that never started.
   * @returns false when all had succeeded, so that the state itself must run again
   */
  redrive(): boolean {
    const parent = this.#parent;
    const again = this.#threads
      .filter((thread) => thread.status !== 'ENDED')
      .sort((a, b) => a.index - b.index);
    if (again.length === 0) return false;
    this.#visit = parent.visit;
    for (const thread of again) thread.redrive(parent.pointer);
    return true;
  }
}
