export { checkConfiguration } from './contracts/check-configuration.ts';
export { checkContracts } from './contracts/check-contracts.ts';
export { contractIn, type TargetContract } from './contracts/contract-of.ts';
export { type ContractProblem, problemLine, type ProblemCode } from './contracts/problem.ts';
export {
  checkReferences,
  type ConfigurationFinding,
  type Providers,
} from './contracts/references.ts';
export { type RenderedTarget, renderedTargets, type SentTarget } from './contracts/targets.ts';
export { validateJson, type ValidateJson } from './contracts/validate-json.ts';
export { AssemblyError, type AssemblyErrorCode } from './errors.ts';
export type {
  Assembly,
  LambdaFunction,
  OrchestrationDocument,
  PolicyStatement,
  Stage,
  StateMachine,
} from './model.ts';
export { readAssembly } from './read-assembly.ts';
export { readStacks, type StackFiles } from './read/manifest.ts';
