const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

let interrupted: AbortController | undefined;

/**
 * A signal that aborts when the user interrupts (Ctrl-C, or a request to terminate): the command that
 * asks for it stops and shows how far it came. A command that does not ask is ended at once by the
 * system, even in the middle of a long computation, which no listener of ours would come between. So
 * is any command by a second interruption.
 */
export function interruption(): AbortSignal {
  if (interrupted !== undefined) return interrupted.signal;
  const controller = new AbortController();
  interrupted = controller;
  const interrupt = (): void => {
    for (const name of SIGNALS) process.off(name, interrupt);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  return controller.signal;
}
