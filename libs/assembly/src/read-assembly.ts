import { resolve } from 'node:path';
import { type Environment, environmentOf } from './environment.ts';
import type { Assembly, LambdaFunction, StateMachine } from './model.ts';
import { Exports } from './read/exports.ts';
import { readFunctions } from './read/functions.ts';
import { assetFiles } from './read/local-files.ts';
import { readStacks } from './read/manifest.ts';
import { readNested } from './read/nested.ts';
import { readStateMachines } from './read/state-machines.ts';
import { Template } from './read/template.ts';

interface StageModel {
  environment: Environment;
  stacks: string[];
  stateMachines: StateMachine[];
  functions: LambdaFunction[];
}

/**
 * Reads a synthesised cloud assembly: what will be deployed, not the code that made it. Pseudo
 * parameters stand for the account and the region of the stack's environment, and where it names
 * none for 123456789012 and us-east-1; what only AWS knows has a stand-in. Stacks outside any CDK
 * stage form a stage named `''`; nested stacks are part of the stack that they are nested in.
 *
 * @throws AssemblyError `ASSEMBLY_NOT_FOUND` when `dir` holds none, `ASSEMBLY_INVALID` when it is
 *   damaged, `UNRESOLVED` and `DEFINITION_INVALID` when a state machine in it cannot be understood
 */
export async function readAssembly(dir: string): Promise<Assembly> {
  const stages = new Map<string, StageModel>();
  const exports = new Exports();
  const stacks = await Promise.all(
    (await readStacks(resolve(dir))).map(async (stack) => {
      const { stage, name, environment } = stack;
      const files = assetFiles(stack.assets);
      const root: Template = new Template(name, stack.template, {
        environment,
        imports: (exported) => exports.value(root, stage, exported),
      });
      const templates = [root, ...(await readNested(root, files))];
      for (const template of templates) exports.add(template, stage);
      return { ...stack, files, templates };
    }),
  );
  for (const stack of stacks) {
    const { stage, name, files, templates, templateBytes } = stack;
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
    for (const template of templates) {
      const machines = await readStateMachines(template, { stage, stack: name, files });
      model.stateMachines.push(...machines.map((machine) => ({ ...machine, templateBytes })));
      model.functions.push(...readFunctions(template, files));
    }
    stages.set(stage, model);
  }
  return {
    dir: resolve(dir),
    stages: Array.from(stages, ([name, model]) => ({ name, ...model })),
  };
}
