import { existsSync, globSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reachable } from '@harmony/local';
import type { Stage, StateMachine } from '@harmony/assembly';
import type { Io } from '../../io.ts';

/** What of a folder reaches the assembly: tests, mocks and examples do not. */
const SOURCES = ['src/**/*.ts', 'workflow.asl.*'];

/**
 * Says which source of a run changed after its assembly was made. Times decide, so that nothing has
 * to be read; where Nx runs the command it has just looked at contents, and knows better.
 * @param assembly absolute folder
 */
export function staleText(
  about: {
    readonly root: string;
    readonly assembly: string;
    readonly stage: Stage;
    readonly machine: StateMachine;
  },
  env: Io['env'],
): string | undefined {
  const { root, assembly, stage, machine } = about;
  const manifest = join(assembly, 'manifest.json');
  if (env['NX_TASK_TARGET_PROJECT'] !== undefined || !existsSync(manifest)) return undefined;
  const made = statSync(manifest).mtimeMs;
  const folders = reachable(machine, stage.stateMachines).flatMap(
    ({ definitionFile, contract }) => [
      ...(definitionFile === undefined ? [] : [dirname(definitionFile)]),
      ...(contract === undefined ? [] : [join('libs', 'contracts', contract.name)]),
    ],
  );
  for (const folder of [...folders, 'infra']) {
    const files = globSync(SOURCES, { cwd: join(root, folder) });
    const changed = files
      .filter((file) => !file.endsWith('.test.ts'))
      .find((file) => statSync(join(root, folder, file)).mtimeMs > made);
    if (changed === undefined) continue;
    const file = join(folder, changed).replaceAll('\\', '/');
    return `the assembly is stale: ${file} changed after it was made. Make it anew with  npx nx synth infra`;
  }
  return undefined;
}
