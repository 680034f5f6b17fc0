/**
 * A run-time failure that carries an error name and a cause as a state machine sees them: what
 * Retry and Catch match, and what the history records. The cause is the bare sentence; the core
 * puts "An error occurred while executing the state …" before it where AWS does.
 */
export class StatesError extends Error {
  override readonly name = 'StatesError';
  readonly error: string;
  /** Not named `cause`-only on purpose: `Error.cause` is the same property, holding text here. */
  override readonly cause: string;
  /** Where in the state a JSONata expression failed, e.g. `Output/total`; only for those. */
  readonly location: string | undefined;

  constructor(error: string, cause: string, options: { location?: string } = {}) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
    this.location = options.location;
  }
}
