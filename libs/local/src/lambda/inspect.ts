import { createServer } from 'node:net';
import { LocalError } from '../errors.ts';
import type { OnLocalEvent } from '../events.ts';
import type { Inspection } from './function-pool.ts';

/** Functions that wait for a debugger. */
export interface InspectOptions {
  /** A function's name, or its handler's alone; without it, every function of the run. */
  readonly fn?: string;
  /** On 127.0.0.1. */
  readonly port: number;
}

export function inspectionOf({ fn, port }: InspectOptions, onEvent: OnLocalEvent): Inspection {
  return {
    port,
    includes: ({ name }) => isMeant(fn, name),
    onWaiting: ({ name }) => onEvent({ code: 'HANDLER_WAITS', functionName: name, port }),
  };
}

/**
 * @param functions that the run may call
 * @throws LocalError UNKNOWN_FUNCTION; PORT_IN_USE, which the function's process would die of
 */
export async function checkInspect(
  { fn, port }: InspectOptions,
  functions: readonly { readonly name: string }[],
): Promise<void> {
  if (!functions.some(({ name }) => isMeant(fn, name))) {
    const known = functions.map(({ name }) => name).join(', ') || 'none';
    const what = fn === undefined ? 'no function' : `no function ${JSON.stringify(fn)}`;
    throw new LocalError('UNKNOWN_FUNCTION', `This run calls ${what}. Its functions: ${known}.`);
  }
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  }).catch((error: unknown) => {
    const message = `The debugger's port ${port} cannot be used (${(error as NodeJS.ErrnoException).code}): end what uses it, or choose another with --inspect-port.`;
    throw new LocalError('PORT_IN_USE', message, { cause: error });
  });
  await new Promise((resolve) => server.close(resolve));
}

function isMeant(fn: string | undefined, name: string): boolean {
  return fn === undefined || name === fn || name.endsWith(`-${fn}`);
}
