import { resolve } from 'node:path';
import type { Stage, StateMachine } from '@harmony/assembly';
import {
  type History,
  lastHistories,
  parseHistory,
  type Replay,
  Replayer,
  replayJunit,
  replayMarkdown,
  VERDICTS,
  verdictCounts,
  whyLines,
} from '@harmony/contract-checks/replay';
import { findStateMachine } from '@harmony/local';
import { writeWhole } from '@harmony/local/files';
import type { ExitStatus } from '../../command.ts';
import { readText } from '../../input/read-text.ts';
import type { Io } from '../../io.ts';
import { styleFor } from '../../terminal/style.ts';
import { count, printable } from '../../terminal/text.ts';
import { UsageError } from '../../usage-error.ts';
import { openWorkspace } from '../../workspace/open.ts';
import { stageOf } from '../../workspace/stage.ts';
import type { ReplayFlags } from './flags.ts';
import { type Records, recordsOf } from './records.ts';

/**
 * Replays histories and shows what became of each.
 * @returns 1 where one is not the same any more
 * @throws HarmonyError for a history that cannot be read: what is not known is no yes
 */
export async function replayHistories(
  what: readonly string[],
  flags: ReplayFlags,
  io: Io,
): Promise<ExitStatus> {
  const { root, assembly } = await openWorkspace(flags.assembly, io);
  const stage = stageOf(assembly, flags.stage);
  const stages = assembly.stages.map(({ name }) => name);
  const all: { readonly name: string; readonly replays: readonly Replay[] }[] = [];
  for (const records of recordsOf(what, { root, fromAws: flags.last !== undefined }, io)) {
    const machine = findStateMachine(stage, records.name);
    const replayer = new Replayer(machineOptions(machine), stages);
    const replays: Replay[] = [];
    // One at a time: a history may have 25,000 events, and there may be thousands of them.
    for await (const history of historiesOf(records, machine, stage, flags, io)) {
      const replay = await replayer.replay(history);
      replays.push(replay);
      if (flags.json !== true && replay.verdict !== 'same') tell(replay, io);
    }
    if (replays.length === 0)
      throw new UsageError(`${records.name}: there is no history to replay.`);
    all.push({ name: records.name, replays });
  }
  const write = async (file: string | undefined, of: typeof replayMarkdown): Promise<void> => {
    if (file === undefined) return;
    const report = all.map(({ name, replays }) => of(name, replays)).join('\n');
    await writeWhole(resolve(io.cwd, file), report);
  };
  await write(flags.markdown, replayMarkdown);
  if (flags.junit !== undefined && all.length > 1) {
    throw new UsageError('--junit is for one state machine: name it.');
  }
  await write(flags.junit, replayJunit);
  if (flags.json === true) io.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  else {
    for (const { name, replays } of all) {
      io.stdout.write(
        `${name}: ${count(replays.length, 'execution')} replayed: ${verdictCounts(replays)}.\n`,
      );
    }
  }
  return all.every(({ replays }) => replays.every(({ verdict }) => verdict === 'same')) ? 0 : 1;
}

type MachineOptions = ConstructorParameters<typeof Replayer>[0];

function machineOptions({ arn, name, roleArn, type, definition }: StateMachine): MachineOptions {
  return { arn, name, roleArn, type, definition: definition as MachineOptions['definition'] };
}

async function* historiesOf(
  { name, files }: Records,
  machine: StateMachine,
  { name: stage }: Stage,
  { last }: ReplayFlags,
  io: Io,
): AsyncGenerator<History> {
  for (const file of files) yield parseHistory(await readText(file, '', io), file);
  if (last === undefined) return;
  if (machine.type === 'EXPRESS') {
    throw new UsageError(`${name} of ${stage} is an Express workflow: AWS keeps no history of it.`);
  }
  yield* lastHistories(machine.arn, last);
}

function tell(replay: Replay, io: Io): void {
  const style = styleFor(io.stdout, io.env);
  const head = `${replay.name}: ${style('red', VERDICTS[replay.verdict])}`;
  io.stdout.write([head, ...whyLines(replay).map((why) => `  ${printable(why)}`), ''].join('\n'));
}
