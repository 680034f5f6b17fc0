import { compileFlow } from '../compile/compile-flow.ts';
import type { CompileContext } from '../compile/context.ts';
import type { CompiledState } from '../core/port.ts';
import type { JsonObject } from '../json.ts';

export function compileSucceed(definition: JsonObject, context: CompileContext): CompiledState {
  const flow = compileFlow(definition, context);
  const end = { target: undefined };
  return {
    name: context.name,
    enteredEvent: 'SucceedStateEntered',
    exitedEvent: 'SucceedStateExited',
    retryAndCatch: undefined,
    retryable: false,
    enter: (thread) => flow.passOn(thread, end),
    retry: (thread) => thread.reenter(),
    redrive: (thread) => thread.reenter(),
  };
}
