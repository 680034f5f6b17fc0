import { defineHandler, type Handler, type InputParser } from './define-handler.ts';

/**
 * The handler of a child's first state, *Check input*: returns the child's input in the contract's
 * output form, with defaults applied. Later states read only that.
 *
 * Rejects with the contract's `ContractViolation`; no Retry may name it, since the same input is
 * wrong again.
 */
export function checkInput<Input>(contract: InputParser<Input>): Handler<Input> {
  return defineHandler({ contract }, ({ input }) => input);
}
