import type { Failure } from '../core/failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { TaskCall } from './call.ts';

/** An error of Step Functions' API, by its code. */
export class SfnError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Who takes the answer of a call: the Task that made it, or one that then waits for its token. */
export interface Answer {
  ok(output: Json): void;
  failed(how: Failure): void;
}

/** One call of the API, by a Task. */
export interface Asked {
  readonly call: TaskCall;
  readonly parameters: JsonObject;
  readonly answer: Answer;
}

export function text(parameters: JsonObject, name: string): string {
  return optional(parameters[name]) ?? '';
}

export function optional(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
