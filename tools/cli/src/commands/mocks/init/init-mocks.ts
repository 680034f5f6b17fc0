import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Stage } from '@harmony/assembly';
import { awsModels, type DefinedTask, draftMocks, tasksIn } from '@harmony/contract-checks/mocks';
import { parseMockConfiguration } from '@harmony/local';
import { writeWhole } from '@harmony/local/files';
import type { ExitStatus } from '../../../command.ts';
import { jsonOf } from '../../../input/json-of.ts';
import { readText } from '../../../input/read-text.ts';
import type { Io } from '../../../io.ts';
import { openSource } from '../../../sources/open-source.ts';
import { count } from '../../../terminal/text.ts';
import type { InitFlags } from './flags.ts';

/**
 * Writes an entry for each Task that needs one; what the file says already stays.
 * @throws HarmonyError where the state machine or the file cannot be read
 */
export async function initMocks(
  name: string,
  machineName: string | undefined,
  flags: InitFlags,
  io: Io,
): Promise<ExitStatus> {
  const { root, stage, machine } = await openSource(name, machineName, flags, io);
  const key = machine.contract?.name ?? machine.orchestration?.name ?? machine.name;
  const out = resolve(
    ...(flags.out === undefined && machine.mocks !== undefined
      ? [root, machine.mocks]
      : [io.cwd, flags.out ?? `${key}.mocks.json`]),
  );
  const shown = relative(io.cwd, out);
  const tasks = tasksIn(machine.definition).filter((task) => !isRunHere(task, stage));
  const existing = await readExisting(out, shown, io);
  const models = awsModels(dirname(resolve(io.cwd, name)), io.cwd, import.meta.dirname);
  const { configuration, added } = draftMocks(key, tasks, models, existing);
  if (added.length === 0) {
    io.stdout.write(`${shown} has an entry for each Task of ${key} that needs one.\n`);
    return 0;
  }
  await writeWhole(out, `${JSON.stringify(configuration, null, 2)}\n`);
  const states = added.map((state) => JSON.stringify(state)).join(', ');
  io.stdout.write(
    `${shown} has an answer for ${count(added.length, 'Task')} more: ${states}. Each is the least that its call can give: put in what your state machine reads.\n`,
  );
  return 0;
}

async function readExisting(
  out: string,
  shown: string,
  io: Io,
): Promise<Record<string, unknown> | undefined> {
  if (!existsSync(out)) return undefined;
  const text = await readText(out, 'the mock configuration', io);
  // What is not valid would not be after entries were added either.
  parseMockConfiguration(text, shown);
  return jsonOf(text, shown, 'the mock configuration') as Record<string, unknown>;
}

/** A function whose code is here really runs, and so does a child of the same stage. */
function isRunHere({ resource, given }: DefinedTask, stage: Stage): boolean {
  const named = [resource, given['FunctionName'], given['StateMachineArn']].map(String);
  const arns = [
    ...stage.functions.filter(({ code }) => code.kind !== 'elsewhere').map(({ arn }) => arn),
    ...stage.stateMachines.map(({ arn }) => arn),
  ];
  return arns.some((arn) => named.some((text) => text === arn || text.startsWith(`${arn}:`)));
}
