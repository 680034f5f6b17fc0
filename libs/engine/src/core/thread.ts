import type { HistoryEventType } from '../history/events.ts';
import type { Json, JsonObject } from '../json.ts';
import { boundBytes } from '../limits.ts';
import { dataLimitExceeded, Fails, type Failure } from './failure.ts';
import type {
  CompiledState,
  Graph,
  OwnedThread,
  ThreadExecution,
  ThreadOwner,
  ThreadStatus,
} from './port.ts';
import { Recovery, type RecoveringThread } from './recovery.ts';
import type { Runnable } from './scheduler.ts';
import { contextObject } from './context-object.ts';
import { publishEntered, publishExited } from './state-events.ts';
import { VariableScope } from './variables.ts';

/** States entered in one turn before others, and the host, get theirs. */
const STATES_PER_TURN = 64;

/**
 * Walks one graph of states, one state at a time: the execution's own, a Parallel's branch, a Map's
 * iteration. States call back `exit` or `fail`; whatever they wait for ends in `resume`.
 */
export class ThreadRun implements OwnedThread, RecoveringThread, Runnable {
  readonly execution: ThreadExecution;
  readonly graph: Graph;
  readonly owner: ThreadOwner;
  /** The thread whose Parallel or Map started this one. */
  readonly parent: ThreadRun | undefined;
  /** Of the branch, or of the Map's item. */
  index: number;
  /** Id of the last event on this thread's chain: the next one's previousEventId. */
  pointer = 0;
  /**
   * Id of the event that set off what happens now: the one before …StateEntered, or the answer of
   * what the state waited for. EvaluationFailed points there.
   */
  trigger = 0;
  /** The current state, and its raw input. */
  state!: CompiledState;
  input: Json = null;
  enteredId = 0;
  enteredAt = 0;
  /** Changes when a state is entered, retried, left or aborted: late callbacks see it and stop. */
  visit = 0;
  /** The current state's own data (a Map's progress). */
  local: unknown;
  /** Undoes what the current state waits for. */
  onAbort: (() => void) | undefined;
  /** The Map's item, for what runs inside an iteration. */
  #item: Json | undefined;
  /** Its own variables, once it assigned any. */
  #variables: VariableScope | undefined;
  taskToken: string | undefined;
  status: ThreadStatus = 'RUNNING';
  #next: CompiledState | undefined;
  #nextInput: Json = null;
  /** The input takes no more bytes than this. */
  #inputBytes = Infinity;
  #inTurn = false;
  readonly #recovery = new Recovery(this);
  #context: Json | undefined;

  constructor(
    execution: ThreadExecution,
    graph: Graph,
    owner: ThreadOwner,
    parent?: ThreadRun,
    index = 0,
  ) {
    this.execution = execution;
    this.graph = graph;
    this.owner = owner;
    this.parent = parent;
    this.index = index;
  }

  /** Iterations of a Map take turns in the same thread: the next one starts from nothing. */
  reuse(index: number, item: Json): void {
    this.index = index;
    this.#item = item;
    this.#variables = undefined;
    this.status = 'RUNNING';
  }

  /** The variables that can be read here. */
  get variables(): VariableScope {
    return this.#variables ?? this.parent?.variables ?? this.#ownVariables();
  }

  #ownVariables(): VariableScope {
    return (this.#variables ??= new VariableScope(this.parent?.variables));
  }

  /** Enters the graph's first state at the next turn. */
  start(input: Json): void {
    this.#inputBytes = Infinity;
    this.graph.started?.();
    this.#next = this.graph.startAt;
    this.#nextInput = input;
    this.execution.services.scheduler.enqueue(this);
  }

  turn(): void {
    if (this.#inTurn) return;
    this.#inTurn = true;
    const { scheduler } = this.execution.services;
    for (let count = 0; this.#next !== undefined && this.#live();) {
      const next = this.#next;
      this.#next = undefined;
      try {
        this.#enter(next, this.#nextInput);
      } catch (thrown) {
        this.caught(thrown);
      }
      const giveWay = scheduler.entered() || ++count >= STATES_PER_TURN || scheduler.contended;
      if (giveWay && this.#next !== undefined) {
        this.#inTurn = false;
        scheduler.enqueue(this);
        return;
      }
    }
    this.#inTurn = false;
  }

  #live(): boolean {
    return this.status === 'RUNNING' && this.execution.live;
  }

  #enter(state: CompiledState, input: Json): void {
    const { execution } = this;
    this.state = state;
    this.input = input;
    this.local = undefined;
    this.taskToken = undefined;
    this.#recovery.reset();
    this.#context = undefined;
    this.visit++;
    this.trigger = this.pointer;
    execution.countTurn();
    this.enteredAt = execution.services.scheduler.now();
    const id = execution.nextId();
    this.enteredId = id;
    if (execution.recording) publishEntered(this, id);
    this.pointer = id;
    state.enter(this);
  }

  // -- called by states -----------------------------------------------------------------------

  /** Appends an event to this thread's chain. */
  emit(type: HistoryEventType, detailsKey?: `${string}EventDetails`, details?: JsonObject): number {
    this.pointer = this.execution.emit(this.pointer, type, detailsKey, details);
    return this.pointer;
  }

  /**
   * Leaves the state. Throws StatesError when the output or a variable is too large.
   * @param to the state to go to; undefined ends the thread
   */
  exit(output: Json, to: CompiledState | undefined, assigned?: JsonObject): void {
    const { execution, state } = this;
    const { limits } = execution.services;
    let bytes = this.#inputBytes;
    if (output !== this.input) {
      const limit = limits.stateDataBytes;
      bytes = boundBytes(output, limit, this.input, bytes);
      if (bytes > limit) throw new Fails(dataLimitExceeded(state.name));
    }
    if (assigned !== undefined) this.#ownVariables().assign(assigned, limits);
    this.visit++;
    this.onAbort = undefined;
    this.local = undefined;
    if (state.exitedEvent !== undefined) {
      const id = execution.nextId();
      if (execution.recording) publishExited(this, id, state.exitedEvent, output, assigned);
      this.pointer = id;
    }
    if (to === undefined) {
      this.status = 'ENDED';
      this.owner.ended(this, output);
      return;
    }
    this.#next = to;
    this.#nextInput = output;
    this.#inputBytes = bytes;
    if (!this.#inTurn) execution.services.scheduler.enqueue(this);
  }

  /** Goes on after a wait, unless the thread has left that visit; failures become the state's. */
  resume(visit: number, step: () => void): void {
    if (this.visit !== visit || !this.#live()) return;
    try {
      step();
    } catch (thrown) {
      this.caught(thrown);
    }
  }

  /** Something thrown while this state was worked on. */
  caught(thrown: unknown): void {
    this.#recovery.caught(thrown);
  }

  /**
   * The state failed: retry it, catch it, or end the thread.
   * @param own true when the state's own evaluation failed, false when what it runs did
   */
  fail(how: Failure, { own = false }: { own?: boolean } = {}): void {
    this.#recovery.fail(how, own);
  }

  /** How often the current state was retried. */
  get retryCount(): number {
    return this.#recovery.retryCount;
  }

  /** Undoes what the current state waits for, and drops callbacks that come all the same. */
  stopWaiting(): void {
    this.visit++;
    const undo = this.onAbort;
    this.onAbort = undefined;
    undo?.();
  }

  fork(graph: Graph, owner: ThreadOwner, index = 0): ThreadRun {
    return new ThreadRun(this.execution, graph, owner, this, index);
  }

  gaveUp(how: Failure): void {
    this.status = 'FAILED';
    this.owner.failed(this, how);
  }

  /**
   * Stops it where it is.
   * @param recorded whether the state's …Aborted event, where it has one, goes to the history
   */
  abort(recorded: boolean): void {
    if (this.status !== 'RUNNING') return;
    this.status = 'ABORTED';
    this.stopWaiting();
    this.state?.aborted?.(this, recorded);
    if (recorded && this.state?.abortedEvent !== undefined && this.#next === undefined) {
      this.emit(this.state.abortedEvent);
    }
  }

  /** Continues a failed or aborted thread in the state in which it stopped. */
  redrive(pointer: number): void {
    this.status = 'RUNNING';
    this.pointer = pointer;
    this.trigger = pointer;
    this.#recovery.reset();
    this.#context = undefined;
    this.visit++;
    if (this.#next !== undefined || this.enteredId === 0) {
      this.#next ??= this.graph.startAt;
      this.execution.services.scheduler.enqueue(this);
      return;
    }
    try {
      this.state.redrive(this);
    } catch (thrown) {
      this.caught(thrown);
    }
  }

  /** Re-enters the state in which it stopped, with the same input. */
  reenter(): void {
    this.#next = this.state;
    this.#nextInput = this.input;
    this.execution.services.scheduler.enqueue(this);
  }

  /** Names of the states in which this thread, or what it runs, waits. */
  waitingStates(): string[] {
    if (this.status !== 'RUNNING' || this.enteredId === 0) return [];
    const inner = this.state.waiting?.(this) ?? [];
    return inner.length > 0 ? inner : [this.state.name];
  }

  /** The context object as expressions of this state see it. */
  get context(): Json {
    return (this.#context ??= contextObject(this));
  }

  /** For changes (a task token, a retry) that the next reader must see. */
  invalidateContext(): void {
    this.#context = undefined;
  }

  /** The context object's Map: the innermost item. */
  get mapContext(): JsonObject | undefined {
    if (this.#item !== undefined) return { Item: { Index: this.index, Value: this.#item } };
    return this.parent === undefined ? this.execution.options.mapContext : this.parent.mapContext;
  }
}
