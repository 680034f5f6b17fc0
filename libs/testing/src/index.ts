export type { ChildRun, ServiceCall } from './child-run.ts';
export {
  type ChildUnderTest,
  type ReachableKind,
  type Services,
  synthesiseChild,
} from './child.ts';
export { checkOwnContract, type ContractCheck } from './contract-check.ts';
