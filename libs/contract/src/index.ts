export type {
  CallerConfiguration,
  CallerPayload,
  ChildInput,
  ChildOutput,
  Contract,
  ContractDocument,
  Example,
  InvocationFields,
  ParseOptions,
  SafeParse,
} from './contract.ts';
export { defineContract } from './define-contract.ts';
export type { ContractErrorCode, Issue } from './errors.ts';
export { ContractError, ContractViolation, formatIssue, InvalidContract } from './errors.ts';
export { checkId, checkName, checkStageName, MAX_NAME, MAX_STAGE_NAME } from './name.ts';
export type { Openness } from './representable.ts';
export { findUnrepresentable } from './representable.ts';
export { toJsonSchema } from './to-json-schema.ts';
export type { Validated } from './validate.ts';
export { validate } from './validate.ts';
