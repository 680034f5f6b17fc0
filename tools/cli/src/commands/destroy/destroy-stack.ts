import { readStacks } from '@harmony/assembly';
import {
  assemblyWithOnly,
  cdkDestroy,
  stageInAws,
  stacksOf,
  type StackToRemove,
  stackToRemove,
  stopExecutions,
} from '@harmony/deploy';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { placeOf } from '../../plan/place.ts';
import { printable } from '../../terminal/text.ts';
import { UsageError } from '../../usage-error.ts';
import { openWorkspace } from '../../workspace/open.ts';
import { stageOf } from '../../workspace/stage.ts';
import type { DestroyFlags } from './flags.ts';
import { removalText, runningText } from './removal-text.ts';

/** `harmony destroy`: 0 when the stack is gone, 1 when it stays, 2 when nobody could be asked. */
export async function destroyStack(name: string, flags: DestroyFlags, io: Io): Promise<ExitStatus> {
  const { assembly } = await openWorkspace(flags.assembly, io);
  const stage = stageOf(assembly, flags.stage);
  const files = await readStacks(assembly.dir);
  const stacks = stacksOf(stage, files);
  const own = stacks.find((stack) => stack.name === name);
  const stackName = own?.stackName ?? (stage.name === '' ? name : `${stage.name}-${name}`);
  const place = placeOf(stage.name, files);
  const { region } = place;
  await stageInAws(stage.name, place).refuseOther();
  const found = await stackToRemove(stackName, region);
  if (found === undefined) {
    throw new UsageError(
      `there is no stack ${stackName} to destroy. The assembly has, of ${stage.name}: ${stacks.map((stack) => stack.name).join(', ')}.`,
    );
  }
  if (found.isProtected || own?.content.terminationProtection === true) {
    io.stderr.write(`harmony: ${protectedText(stackName, stage.name, found.isProtected)}\n`);
    return 1;
  }
  const usedBy = stacks.filter(({ uses }) => uses.includes(name)).map((stack) => stack.name);
  io.stdout.write(printable(removalText(found, usedBy)));
  if (!(await isWanted(found, flags, io))) {
    io.stdout.write('Nothing was destroyed.\n');
    return 1;
  }
  await stopWhatRuns(found, flags, io, region);
  await using only =
    own === undefined ? await assemblyWithOnly(assembly.dir, stage.name, stackName) : undefined;
  const options = { assembly: only?.dir ?? assembly.dir, env: io.env };
  const selector = own?.selector ?? stackName;
  try {
    await cdkDestroy(
      options,
      selector,
      (line) => io.stdout.write(`${printable(line)}\n`),
      io.signal,
    );
  } catch (error) {
    io.stderr.write(
      `harmony: ${stackName} isn't destroyed: ${(error as Error).message}; its output is above.\n`,
    );
    return 1;
  }
  io.stdout.write(`destroyed  ${stackName}\n`);
  return 0;
}

function protectedText(stackName: string, stage: string, isDeployed: boolean): string {
  return [
    `${stackName} is protected, by  protect: true  of the stage ${stage} in infra/src/stages.ts: nothing was destroyed.`,
    'To destroy it anyway: set protect to false there, deploy that stack, and destroy it then.',
    ...(isDeployed
      ? [
          `A stack that is no longer in the assembly:  aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackName}`,
        ]
      : []),
  ].join('\n');
}

/** The name is to be typed: a `y` is too quick for what can't be taken back. */
async function isWanted(
  { stackName }: StackToRemove,
  { yes }: DestroyFlags,
  io: Io,
): Promise<boolean> {
  if (yes === true) return true;
  if (io.ask === undefined) {
    throw new UsageError(
      `there is no terminal to ask whether to destroy ${stackName}: pass --yes. Nothing was destroyed.`,
    );
  }
  return (await io.ask(`Type ${stackName} to destroy it: `)).trim() === stackName;
}

async function stopWhatRuns(
  { machines }: StackToRemove,
  flags: DestroyFlags,
  io: Io,
  region: string | undefined,
): Promise<void> {
  const executions = machines.flatMap((machine) => machine.executions);
  if (executions.length === 0) return;
  const offered = flags.yes !== true && flags.stopExecutions !== true ? io.ask : undefined;
  const stops =
    flags.stopExecutions === true ||
    /^y(es)?$/i.test((await offered?.('Stop them first? [y/N] '))?.trim() ?? '');
  if (!stops) return;
  await stopExecutions(executions, region);
  io.stdout.write(`Stopped ${runningText(executions.length)}.\n`);
}
