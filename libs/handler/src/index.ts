export { checkInput } from './check-input.ts';
export { defineHandler } from './define-handler.ts';
export { HandlerError } from './errors.ts';
export type { LogKeys } from './log-keys.ts';
export type { Handler, HandlerArguments, TaskEvent } from './define-handler.ts';
