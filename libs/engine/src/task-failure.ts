/**
 * What `runTask` rejects with to fail a Task with an error name: what Retry and Catch match.
 * Anything else it rejects with becomes `States.TaskFailed` with the message as cause.
 */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  readonly error: string;
  override readonly cause: string | undefined;
  /** No Retry and no Catch sees it: the execution fails, as with States.Runtime. */
  readonly fatal: boolean;

  constructor(error: string, cause?: string, options: { readonly fatal?: boolean } = {}) {
    super(cause === undefined ? error : `${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
    this.fatal = options.fatal ?? false;
  }
}
