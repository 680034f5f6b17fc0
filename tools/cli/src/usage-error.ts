import { HarmonyError } from '@harmony/errors';

/** Bad usage or input: nothing was started, exit status 2. */
export class UsageError extends HarmonyError<'USAGE'> {
  override readonly name = 'UsageError';

  constructor(message: string, options?: ErrorOptions) {
    super('USAGE', message, options);
  }
}
