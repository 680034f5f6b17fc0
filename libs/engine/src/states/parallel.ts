import type { Failure } from '../core/failure.ts';
import { compileFlow } from '../compile/compile-flow.ts';
import { compileRetryAndCatch } from '../compile/retry-and-catch.ts';
import { nextOf, objectsField, type CompileContext } from '../compile/context.ts';
import type { CompiledState, Graph, OwnedThread, Thread, ThreadOwner } from '../core/port.ts';
import type { Json, JsonObject } from '../json.ts';

/** Parallel: runs its branches at once; its result is the array of theirs, in their order. */
export function compileParallel(definition: JsonObject, context: CompileContext): CompiledState {
  const flow = compileFlow(definition, context);
  const next = nextOf(definition, context);
  const branches = objectsField(definition, 'Branches').map((branch) => context.graph(branch));
  const attempt = (thread: Thread): void => {
    const input = flow.effectiveInput(thread);
    const run = new ParallelRun(thread, (results) => flow.finish(thread, results, next));
    thread.local = run;
    run.begin(branches, input);
  };
  return {
    name: context.name,
    enteredEvent: 'ParallelStateEntered',
    exitedEvent: 'ParallelStateExited',
    failedEvent: 'ParallelStateFailed',
    abortedEvent: 'ParallelStateAborted',
    retryAndCatch: compileRetryAndCatch(definition, context),
    retryable: true,
    enter: attempt,
    retry: attempt,
    redrive(thread) {
      if (!(thread.local instanceof ParallelRun && thread.local.redrive())) attempt(thread);
    },
    aborted(thread, recorded) {
      if (thread.local instanceof ParallelRun) thread.local.abort(recorded);
    },
    waiting: (thread) => (thread.local instanceof ParallelRun ? thread.local.waiting() : []),
  };
}

class ParallelRun implements ThreadOwner {
  readonly #parent: Thread;
  readonly #finish: (results: Json[]) => void;
  #visit: number;
  #threads: OwnedThread[] = [];
  #results: Json[] = [];
  #left = 0;

  constructor(parent: Thread, finish: (results: Json[]) => void) {
    this.#parent = parent;
    this.#finish = finish;
    this.#visit = parent.visit;
  }

  begin(branches: readonly Graph[], input: Json): void {
    const parent = this.#parent;
    parent.emit('ParallelStateStarted');
    this.#left = branches.length;
    this.#threads = branches.map((graph, index) => {
      const thread = parent.fork(graph, this, index);
      thread.pointer = parent.pointer;
      return thread;
    });
    for (const thread of this.#threads) thread.start(input);
  }

  ended(thread: OwnedThread, output: Json): void {
    this.#results[thread.index] = output;
    this.#left--;
    if (this.#left > 0) return;
    const parent = this.#parent;
    parent.pointer = thread.pointer;
    parent.resume(this.#visit, () => {
      // …Succeeded is a leaf: …Exited follows the last branch's last event.
      parent.execution.emit(parent.pointer, 'ParallelStateSucceeded');
      parent.trigger = parent.pointer;
      this.#finish(this.#results);
    });
  }

  failed(thread: OwnedThread, how: Failure): void {
    this.abort(true);
    this.#parent.pointer = thread.pointer;
    this.#parent.resume(this.#visit, () => this.#parent.fail(how));
  }

  abort(recorded: boolean): void {
    for (const thread of this.#threads) thread.abort(recorded);
  }

  waiting(): string[] {
    return this.#threads.flatMap((thread) => thread.waitingStates());
  }

  /**
   * Runs the branches again that did not end.
   * @returns false when all did, so that the state itself must run again
   */
  redrive(): boolean {
    const again = this.#threads.filter((thread) => thread.status !== 'ENDED');
    if (again.length === 0) return false;
    this.#visit = this.#parent.visit;
    for (const thread of again) thread.redrive(this.#parent.pointer);
    return true;
  }
}
