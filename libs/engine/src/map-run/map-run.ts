import { checkInput } from '../core/data-limit.ts';
import { ExecutionRun } from '../core/execution.ts';
import { failure, Fails } from '../core/failure.ts';
import type { MapRunRecord } from '../core/map-run-record.ts';
import type { CompiledMachine, Thread } from '../core/port.ts';
import { whenSettled } from '../core/when-settled.ts';
import { StatesError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ExecutionResult, ExecutionStatus, StateMachineType } from '../types.ts';
import type { BatchPlan } from './batcher.ts';
import { MapItems } from './map-items.ts';
import { childArn, mapRunArns, type MapRunArns } from './map-run-arns.ts';
import { describeMapRun } from './describe-map-run.ts';
import { exceeds, type Tolerance } from './tolerance.ts';
import {
  outcomeOf,
  type ChildRecord,
  type Destination,
  type ResultWriter,
} from './result-writer.ts';
import { batchUnits, singleUnits, type Unit, type Units } from './units.ts';

export interface MapRunOptions {
  readonly machine: CompiledMachine;
  readonly type: StateMachineType;
  readonly label: string | undefined;
  /** Undefined where `read` brings them. */
  readonly items: MapItems | undefined;
  readonly read: (() => Promise<MapItems>) | undefined;
  readonly concurrency: number;
  readonly tolerated: Tolerance;
  readonly batchPlan: BatchPlan | undefined;
  readonly select: ((mapContext: JsonObject) => Json) | undefined;
  readonly writer: ResultWriter | undefined;
  readonly destination: Destination | undefined;
  readonly finish: (result: Json) => void;
}

/**
 * One Map Run: starts child executions, at most `concurrency` at once, collects their results and
 * stops when more items failed than are tolerated. The children have histories of their own; the
 * parent's shows only the run.
 */
export class MapRun implements MapRunRecord {
  readonly #parent: Thread;
  readonly #options: MapRunOptions;
  readonly #arns: MapRunArns;
  readonly executionArn: string;
  readonly startDate: number;
  stopDate: number | undefined;
  readonly #records: ChildRecord[] = [];
  readonly #running = new Map<number, ExecutionRun>();
  /** Children that did not succeed, for a redrive. */
  readonly #unsuccessful = new Map<number, { unit: Unit; child: ExecutionRun }>();
  #visit: number;
  #startedEvent = 0;
  /** None before its items are there. */
  #units: Units = singleUnits(new MapItems([]));
  #items = 0;
  #next = 0;
  #open = 0;
  #failedItems = 0;
  #redrives = 0;
  #redriveDate: number | undefined;
  #status: ExecutionStatus = 'RUNNING';

  constructor(parent: Thread, options: MapRunOptions) {
    this.#parent = parent;
    this.#options = options;
    this.#visit = parent.visit;
    const { execution } = parent;
    this.executionArn = execution.arn;
    this.startDate = execution.services.scheduler.now();
    this.#arns = mapRunArns(execution, options.label);
  }

  /** Follows …StateStarted. */
  begin(): void {
    const { machines, mapRuns } = this.#parent.execution.services;
    if (machines.askForExecutions) mapRuns.set(this.arn, this);
    const { items, read } = this.#options;
    this.#startedEvent = this.#parent.emit('MapRunStarted', 'mapRunStartedEventDetails', {
      mapRunArn: this.arn,
    });
    if (items !== undefined) this.#prepare(items);
    else if (read !== undefined) this.#await(read(), (list) => this.#prepare(list));
  }

  #prepare(items: MapItems): void {
    const { select, batchPlan } = this.#options;
    const { stateDataBytes } = this.#parent.execution.services.limits;
    this.#items = items.length;
    this.#units =
      batchPlan === undefined
        ? singleUnits(items)
        : batchUnits(items, { select, batchPlan, stateDataBytes });
    this.#launch();
  }

  #launch(): void {
    const { concurrency } = this.#options;
    const { distributedMapConcurrency } = this.#parent.execution.services.limits;
    const width = Math.min(concurrency || Infinity, distributedMapConcurrency);
    while (this.#open < width && this.#next < this.#units.count) this.#startUnit(this.#next++);
    if (this.#open === 0 && this.#next >= this.#units.count) this.#complete();
  }

  #startUnit(index: number): void {
    const unit = this.#units.at(index);
    this.#open++;
    const { select, batchPlan } = this.#options;
    this.#startChild(
      select === undefined || batchPlan !== undefined
        ? unit
        : { ...unit, input: select(unit.mapContext) },
    );
  }

  #startChild(unit: Unit): void {
    checkInput(this.#parent, unit.input);
    const { execution } = this.#parent;
    const { services } = execution;
    const { machine, type } = this.#options;
    const name = execution.random.uuid();
    const child = new ExecutionRun(services, {
      machine,
      type,
      name,
      arn: childArn(execution, this.#arns, type, name),
      stateMachineArn: this.stateMachineArn,
      stateMachineName: this.#arns.stateMachineName,
      roleArn: execution.options.roleArn,
      input: unit.input,
      mapContext: unit.mapContext,
      mapRunArn: this.arn,
      lineage: execution.lineage,
      onEnd: (result) => this.#ended(unit, child, result),
    });
    this.#running.set(unit.index, child);
    services.executions.add(child, services.machines.askForExecutions);
    child.start();
  }

  #ended(unit: Unit, child: ExecutionRun, result: ExecutionResult): void {
    this.#running.delete(unit.index);
    this.#open--;
    const succeeded = result.status === 'SUCCEEDED';
    this.#records[unit.index] = {
      status: succeeded ? 'SUCCEEDED' : 'FAILED',
      ended: result.status,
      output: result.output,
      // A child that failed within the tolerance stays in the result, as its execution record.
      details: succeeded && this.#options.writer?.exports !== true ? undefined : result,
    };
    if (succeeded) this.#unsuccessful.delete(unit.index);
    else this.#unsuccessful.set(unit.index, { unit, child });
    if (this.#over) return;
    this.#parent.resume(this.#visit, () => {
      if (!succeeded) {
        this.#failedItems += unit.size;
        if (exceeds(this.#options.tolerated, this.#failedItems, this.#items)) {
          this.#fail(
            new StatesError(
              'States.ExceedToleratedFailureThreshold',
              'The specified tolerated failure threshold was exceeded',
            ),
          );
          return;
        }
      }
      this.#launch();
    });
  }

  #complete(): void {
    if (this.#over) return;
    const { writer, destination } = this.#options;
    if (writer === undefined) {
      this.#succeed(this.#records.map(outcomeOf));
    } else if (destination === undefined) {
      this.#succeed(writer.result(this.#records));
    } else {
      const { objectStore } = this.#parent.execution.services;
      this.#await(writer.write(objectStore, destination, this.arn, this.#records), (result) =>
        this.#succeed(result),
      );
    }
  }

  #succeed(result: Json): void {
    this.#close('SUCCEEDED');
    const parent = this.#parent;
    // …Succeeded events are leaves: MapStateExited follows MapRunStarted.
    const run = parent.execution.emit(parent.pointer, 'MapRunSucceeded');
    parent.execution.emit(run, 'MapStateSucceeded');
    parent.trigger = parent.pointer;
    this.#options.finish(result);
  }

  #fail(error: StatesError): never {
    this.#close('FAILED');
    const parent = this.#parent;
    this.#stopChildren();
    parent.emit('MapRunFailed', 'mapRunFailedEventDetails', {
      error: error.error,
      cause: error.cause,
    });
    throw new Fails(failure(error.error, error.cause));
  }

  /** Waits for the object store, holding the clock. */
  #await<T>(promise: Promise<T>, use: (value: T) => void): void {
    whenSettled(this.#parent, promise, use, (thrown) => {
      if (thrown instanceof StatesError) this.#fail(thrown);
      throw thrown;
    });
  }

  get arn(): string {
    return this.#arns.arn;
  }

  get stateMachineArn(): string {
    return this.#arns.stateMachineArn;
  }

  get #over(): boolean {
    return this.#status !== 'RUNNING';
  }

  #close(status: ExecutionStatus): void {
    this.#status = status;
    this.stopDate = this.#parent.execution.services.scheduler.now();
  }

  describe(): JsonObject {
    const { count, at } = this.#units;
    return describeMapRun({
      arn: this.arn,
      executionArn: this.executionArn,
      startDate: this.startDate,
      stopDate: this.stopDate,
      status: this.#status,
      concurrency: this.#options.concurrency,
      tolerated: this.#options.tolerated,
      redrives: this.#redrives,
      redriveDate: this.#redriveDate,
      units: Array.from({ length: count }, (_, index) => ({
        status: this.#running.has(index) ? 'RUNNING' : (this.#records[index]?.ended ?? 'PENDING'),
        size: at(index).size,
      })),
      written: this.#status === 'SUCCEEDED' && this.#options.destination !== undefined,
    });
  }

  #stopChildren(): void {
    for (const child of [...this.#running.values()]) child.stop();
  }

  abort(recorded: boolean): void {
    if (this.#over) return;
    this.#close('ABORTED');
    this.#stopChildren();
    if (recorded && this.#startedEvent > 0) this.#parent.emit('MapRunAborted');
  }

  waiting(): string[] {
    return [...this.#running.values()].flatMap((child) => child.waitingStates());
  }

  /**
   * Redrives the children that did not succeed (Express ones start anew), then goes on with those
   * that never started.
   * @returns false when there is nothing to redrive, so that the state itself must run again
   */
  redrive(): boolean {
    const parent = this.#parent;
    const again = [...this.#unsuccessful.values()];
    if (again.length === 0 && this.#next >= this.#units.count) return false;
    this.#visit = parent.visit;
    this.#status = 'RUNNING';
    this.stopDate = undefined;
    this.#failedItems = 0;
    this.#redrives++;
    this.#redriveDate = parent.execution.services.scheduler.now();
    parent.emit('MapRunRedriven', 'mapRunRedrivenEventDetails', {
      mapRunArn: this.arn,
      redriveCount: this.#redrives,
    });
    this.#unsuccessful.clear();
    this.#open = 0;
    // Those whose input was still being selected have neither ended nor begun.
    for (let index = 0; index < this.#next; index++) {
      if (this.#records[index] === undefined) this.#startUnit(index);
    }
    for (const { unit, child } of again) {
      this.#open++;
      if (this.#options.type === 'EXPRESS') {
        this.#startChild(unit);
      } else {
        this.#running.set(unit.index, child);
        child.redrive();
      }
    }
    this.#launch();
    return true;
  }
}
