import { resolve } from 'node:path';
import { type Environment, environmentOf } from './environment.ts';
import type { Assembly, LambdaFunction, StateMachine } from './model.ts';
import { readFunctions } from './read/functions.ts';
import { readStacks } from './read/manifest.ts';
import { readStateMachines } from './read/state-machines.ts';
import { Template } from './read/template.ts';

/**
 * Reads a synthesised cloud assembly: what will be deployed, not the code that made it. Pseudo
 * parameters stand for the account and the region of the stack's environment, and where it names
 * none for 123456789012 and us-east-1. Stacks outside any CDK stage form a stage
 * named `''`; nested stacks (`AWS::CloudFormation::Stack`) are not read.
 *
 * @throws AssemblyError `ASSEMBLY_NOT_FOUND` when `dir` holds none, `ASSEMBLY_INVALID` when it is
 *   damaged, `UNRESOLVED` and `DEFINITION_INVALID` when a state machine in it cannot be understood
 */
export async function readAssembly(dir: string): Promise<Assembly> {
  const stages = new Map<
    string,
    {
      environment: Environment;
      stacks: string[];
      stateMachines: StateMachine[];
      functions: LambdaFunction[];
    }
  >();
  for (const stack of await readStacks(resolve(dir))) {
    const { stage, name, assets, templateBytes } = stack;
    const template = new Template(name, stack.template, stack.environment);
    const environment = environmentOf(stack.environment);
    const model = stages.get(stage) ?? {
      environment,
      stacks: [],
      stateMachines: [],
      functions: [],
    };
    // What one stack leaves to whoever deploys, another may say.
    model.environment = { ...environment, ...model.environment };
    model.stacks.push(name);
    const machines = readStateMachines(template, stage);
    model.stateMachines.push(...machines.map((machine) => ({ ...machine, templateBytes })));
    model.functions.push(...readFunctions(template, assets));
    stages.set(stage, model);
  }
  return {
    dir: resolve(dir),
    stages: Array.from(stages, ([name, model]) => ({ name, ...model })),
  };
}
