import type { Tree } from '@nx/devkit';
import { camelCase, pascalCase } from './names.ts';

/** Where the CDK app finds its stacks, one a file, each named after its stack. */
const FOLDER = 'infra/src/stacks';

const fileOf = (name: string): string => `${FOLDER}/${name}.ts`;

export function hasStack(tree: Tree, name: string): boolean {
  return tree.exists(fileOf(name));
}

/** Puts a child into a stack of its own. */
export function writeChildStack(tree: Tree, child: string): void {
  const pascal = pascalCase(child);
  tree.write(
    fileOf(child),
    `import { ${pascal} } from '@harmony/${child}';
import type { StackBuilder } from '@harmony/constructs';

export const stack: StackBuilder = (scope, stage) => new ${pascal}(scope, 'Workflow', { stage });
`,
  );
}

/** Puts an orchestrator into a stack of its own. */
export function writeOrchestratorStack(tree: Tree, name: string): void {
  const orchestration = camelCase(name);
  tree.write(
    fileOf(name),
    `import { Orchestrator, type StackBuilder } from '@harmony/constructs';
import { ${orchestration} } from '../orchestrations/${name}.ts';

export const stack: StackBuilder = (scope, stage) =>
  new Orchestrator(scope, 'Orchestrator', { stage, orchestration: ${orchestration} });
`,
  );
}

export function removeStack(tree: Tree, name: string): void {
  tree.delete(fileOf(name));
}
