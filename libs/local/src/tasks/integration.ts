import type { Json, TaskRequest } from '@harmony/engine';
import type { LambdaFunction } from '@harmony/assembly';

/** What integrations need of the system. */
export interface TaskServices {
  readonly region: string;
  /** By ARN, with or without a qualifier that the assembly has, or by name. */
  findFunction(nameOrArn: string): LambdaFunction | undefined;
  /**
   * Runs the function's handler.
   * @returns the response's JSON value and its request id
   * @throws TaskFailure with Lambda's error type and payload
   */
  invokeFunction(fn: LambdaFunction, payload: Json, request: TaskRequest): Promise<FunctionResult>;
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
