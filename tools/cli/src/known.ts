import { UsageError } from './usage-error.ts';

/** Turns the errors that a person can act on into messages; faults stay faults. */
export async function known<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // By name: the bundle loads each part on its own.
    if (error instanceof Error && error.name === 'ContractChecksError') {
      throw new UsageError(error.message, { cause: error });
    }
    throw error;
  }
}
