export { contractIn, contractOf, type TargetContract } from './contract-of.ts';
export { type Environment, environmentOf } from './environment.ts';
export { AssemblyError, type AssemblyErrorCode } from './errors.ts';
export type {
  Assembly,
  DefinitionSource,
  FunctionCode,
  LambdaFunction,
  PolicyStatement,
  Stage,
  StateMachine,
} from './model.ts';
export { readAssembly } from './read-assembly.ts';
export { isTemplate, readTemplateFile, type TemplateFile } from './read-template-file.ts';
export { readStacks, type StackFiles } from './read/manifest.ts';
export type { StandIn } from './read/stand-ins.ts';
