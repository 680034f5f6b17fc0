import { HarmonyError } from '@harmony/errors';

/**
 * An expected failure of a handler, which a state machine may catch by its name: Lambda reports
 * `name` as `errorType`, which Step Functions takes as the error name of the Task.
 *
 * `code` equals `name`: the state machine's vocabulary is the error code.
 */
export class HandlerError extends HarmonyError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.name = code;
  }
}
