import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import {
  askForOrchestration,
  type ContractAt,
  type OrchestrationDraft,
} from '../shared/ask-workspace.ts';
import { GeneratorError } from '../shared/generator-error.ts';
import { assertName, camelCase, listOf } from '../shared/names.ts';
import { contractExport, orchestrationFile } from '../shared/orchestration-file.ts';
import { snapshot } from '../shared/snapshot.ts';
import { hasStack, writeOrchestratorStack } from '../shared/stack-file.ts';
import { assertChild, projectNames } from '../shared/workspace.ts';

export interface OrchestrationGeneratorOptions {
  readonly name: string;
  /** Nx gives the text, callers may give a list. */
  readonly children: string | readonly string[];
}

/**
 * Writes an orchestration with one target for each child, an example of its input, and its stack.
 *
 * @throws GeneratorError `TARGET_REFUSED` when no payload serves all of the children
 */
export async function orchestrationGenerator(
  tree: Tree,
  options: OrchestrationGeneratorOptions,
): Promise<GeneratorCallback> {
  const { name } = options;
  const children = listOf(options.children);
  assertName('the orchestration', name);
  for (const child of children) assertChild(tree, child);
  const file = orchestrationFile(name);
  if (tree.exists(file) || hasStack(tree, name) || projectNames(tree).includes(name)) {
    throw new GeneratorError(
      'NAME_TAKEN',
      `there is already an orchestration, a stack or a package ${JSON.stringify(name)}: choose another name.`,
    );
  }
  if (children.length === 0) {
    throw new GeneratorError(
      'CHILD_UNKNOWN',
      'an orchestration starts at least one child: name them with --children a,b.',
    );
  }
  const contracts = children.map((child) => ({ child, name: contractExport(tree, child) }));
  const draft = askForOrchestration(tree.root, { name, contracts });
  if ('refused' in draft) {
    throw new GeneratorError(
      'TARGET_REFUSED',
      `no one payload serves ${children.join(', ')}: ${draft.refused} Choose children that agree.`,
    );
  }
  tree.write(file, sourceOf(name, contracts, draft));
  tree.write(
    `infra/examples/${name}.json`,
    `${JSON.stringify({ payload: draft.example }, null, 2)}\n`,
  );
  writeOrchestratorStack(tree, name);
  await formatFiles(tree);
  return snapshot(tree.root, 'orchestration', name);
}

function sourceOf(
  name: string,
  contracts: readonly ContractAt[],
  { order, configurations }: OrchestrationDraft,
): string {
  const imports = [
    ...contracts.map(
      ({ child, name: contract }) => `import { ${contract} } from '@harmony/${child}-contract';`,
    ),
    `import { defineOrchestration, target } from '@harmony/orchestration';`,
  ].sort((a, b) => (from(a) < from(b) ? -1 : 1));
  const shapes = order.map((index) => `...${contracts[index]?.name}.payload.shape`);
  const targets = contracts.map(
    ({ child, name: contract }, index) =>
      `target(${contract}, { id: '${child}', configuration: ${JSON.stringify(configurations[index])} }),`,
  );
  return `${imports.join('\n')}
import { z } from 'zod';

/** Starts ${contracts.map(({ child }) => child).join(', ')}. (Say here when, and for whom.) */
export const ${camelCase(name)} = defineOrchestration({
  name: '${name}',
  // What each child requires. Write it out once you know what the trigger supplies.
  payload: z.object({ ${shapes.join(', ')} }),
  targets: [
    ${targets.join('\n')}
  ],
  onTargetFailure: 'failAtEnd',
  // Seconds. Longer than its slowest child may take, delays included.
  timeout: 3 * 3600,
});
`;
}

function from(line: string): string {
  return /'(.*)'/.exec(line)?.[1] ?? '';
}
