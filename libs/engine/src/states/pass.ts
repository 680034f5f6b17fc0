import { compileFlow } from '../compile/compile-flow.ts';
import { nextOf, type CompileContext } from '../compile/context.ts';
import type { CompiledState } from '../core/port.ts';
import type { JsonObject } from '../json.ts';

/** Pass: its result is `Result` where given (JSONPath), else its effective input. */
export function compilePass(definition: JsonObject, context: CompileContext): CompiledState {
  const flow = compileFlow(definition, context);
  const next = nextOf(definition, context);
  const result = context.language === 'JSONPath' ? definition['Result'] : undefined;
  return {
    name: context.name,
    enteredEvent: 'PassStateEntered',
    exitedEvent: 'PassStateExited',
    retryAndCatch: undefined,
    retryable: false,
    enter(thread) {
      if (context.language === 'JSONata') {
        flow.passOn(thread, next);
        return;
      }
      // Parameters and InputPath are evaluated, and can fail, even where Result replaces them.
      const input = flow.effectiveInput(thread);
      flow.finish(thread, result === undefined ? input : result, next);
    },
    retry: (thread) => thread.reenter(),
    redrive: (thread) => thread.reenter(),
  };
}
