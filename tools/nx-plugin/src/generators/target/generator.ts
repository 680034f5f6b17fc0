import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { askForTarget, type TargetDraft } from '../shared/ask-workspace.ts';
import { GeneratorError } from '../shared/generator-error.ts';
import { assertId } from '../shared/names.ts';
import {
  addTarget,
  assertOrchestration,
  contractExport,
  orchestrationFile,
  targetsIn,
} from '../shared/orchestration-file.ts';
import { snapshot } from '../shared/snapshot.ts';
import { assertChild } from '../shared/workspace.ts';

export interface TargetGeneratorOptions {
  readonly child: string;
  readonly orchestration: string;
  readonly id: string;
}

/**
 * Makes a child a target of an orchestration, with a configuration to start from: what the contract
 * requires, filled from its first example. The orchestration's own rules decide whether it fits.
 * Changes nothing where the target is there already.
 *
 * @throws GeneratorError `TARGET_REFUSED`, with the rule's words, and what names an unknown thing
 */
export async function targetGenerator(
  tree: Tree,
  { child, orchestration, id }: TargetGeneratorOptions,
): Promise<GeneratorCallback> {
  assertChild(tree, child);
  assertOrchestration(tree, orchestration);
  assertId(id);
  const file = orchestrationFile(orchestration);
  const text = tree.read(file, 'utf8') ?? '';
  const same = targetsIn(file, text).find((other) => other.id === id);
  if (same?.child === child) return () => undefined;
  if (same !== undefined) {
    throw new GeneratorError(
      'NAME_TAKEN',
      `${orchestration} already has a target ${JSON.stringify(id)}, which starts ${same.child ?? 'another child'}: choose another --id.`,
    );
  }
  const contract = contractExport(tree, child);
  const draft = askForTarget(tree.root, {
    name: id,
    contracts: [{ child, name: contract }],
    orchestration: file,
  });
  if ('refused' in draft) {
    throw new GeneratorError(
      'TARGET_REFUSED',
      `${child} does not fit into ${orchestration}: ${draft.refused}`,
    );
  }
  tree.write(file, addTarget(file, text, { child, contract, code: codeOf(contract, id, draft) }));
  await formatFiles(tree);
  return snapshot(tree.root, 'orchestration', orchestration);
}

function codeOf(contract: string, id: string, { configuration, optional }: TargetDraft): string {
  const comment = optional.length === 0 ? '' : `// May be given too: ${optional.join(', ')}.\n`;
  // Prettier makes TypeScript's style of JSON's.
  return `target(${contract}, {
    id: '${id}',
    ${comment}configuration: ${JSON.stringify(configuration)},
  })`;
}
