import { StatesError } from '../errors.ts';

/**
 * Runs what recurses over data. Data may nest deeper than the host's stack allows; that ends in an
 * error of the state, not in a crash of the host.
 */
export function onBoundedStack<T>(error: string, run: () => T): T {
  try {
    return run();
  } catch (reason) {
    if (!(reason instanceof RangeError)) throw reason;
    throw new StatesError(error, `The data is nested too deep to be evaluated: ${reason.message}`);
  }
}
