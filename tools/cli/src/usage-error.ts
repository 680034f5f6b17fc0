/** Bad usage or input: nothing was started, exit status 2. The message is all the user sees. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
