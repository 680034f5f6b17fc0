export { childWorkflowGenerator, type ChildWorkflowOptions } from './child-workflow/generator.ts';
export { handlerGenerator, type HandlerOptions } from './handler/generator.ts';
export {
  orchestrationGenerator,
  type OrchestrationGeneratorOptions,
} from './orchestration/generator.ts';
export { removeChildGenerator, type RemoveChildOptions } from './remove-child/generator.ts';
export { GeneratorError, type GeneratorErrorCode } from './shared/generator-error.ts';
export { idProblem, nameProblem } from './shared/names.ts';
export { targetGenerator, type TargetGeneratorOptions } from './target/generator.ts';
