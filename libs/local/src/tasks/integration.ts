import type { Json, TaskRequest } from '@harmony/engine';
import type { LambdaFunction } from '@harmony/assembly';

/** What integrations need of the system. */
export interface TaskServices {
  /**
   * By ARN or name, each with or without a qualifier.
   * @throws NotRunHere for one that the assembly doesn't have
   * @throws TaskFailure for a qualifier that the function doesn't have
   */
  findFunction(nameOrArn: string, qualifier?: string): FoundFunction;
  /**
   * Runs the function's handler.
   * @returns the response's JSON value and its request id
   * @throws TaskFailure with Lambda's error type and payload
   * @throws NotRunHere for code or a runtime that is not here
   */
  invokeFunction(fn: LambdaFunction, payload: Json, request: TaskRequest): Promise<FunctionResult>;
  /** Runs it without anybody waiting for what comes of it, but for the end of the run. */
  invokeLater(fn: LambdaFunction, payload: Json, request: TaskRequest): void;
  /** A request id for a call that invokes nothing. */
  requestId(request: TaskRequest): string;
}

export interface FoundFunction {
  readonly fn: LambdaFunction;
  /** `$LATEST`, or the published version that was asked for. */
  readonly version: string;
}

export interface FunctionResult {
  readonly payload: Json;
  readonly payloadBytes: number;
  readonly requestId: string;
}

/** A kind of Task that really runs here. To add one, add a file and its line in `integrations`. */
export interface Integration {
  /** The Resource as written, without `.sync` and the like cut off. */
  matches(resource: string): boolean;
  run(request: TaskRequest, services: TaskServices): Promise<Json>;
}
