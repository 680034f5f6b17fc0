export {
  type ChildRun,
  type ChildUnderTest,
  type ReachableKind,
  type ServiceCall,
  type Services,
  synthesiseChild,
} from './child.ts';
export { checkOwnContract, type ContractCheck } from './contract-check.ts';
