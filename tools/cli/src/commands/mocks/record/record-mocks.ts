import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  recordCase,
  redactedHistory,
  type Redaction,
  withCase,
} from '@harmony/contract-checks/recording';
import { Replayer, VERDICTS, whyLines } from '@harmony/contract-checks/replay';
import { parseMockConfiguration } from '@harmony/local';
import { writeWhole } from '@harmony/local/files';
import { readJson } from '@harmony/schema/json-text';
import type { ExitStatus } from '../../../command.ts';
import type { Io } from '../../../io.ts';
import { printable } from '../../../terminal/text.ts';
import { UsageError } from '../../../usage-error.ts';
import { openWorkspace } from '../../../workspace/open.ts';
import { stageOf } from '../../../workspace/stage.ts';
import type { RecordFlags } from './flags.ts';
import { type Recording, recordingsOf } from './recordings.ts';
import { redactionOf } from './redaction-of.ts';

type MockJson = Parameters<typeof withCase>[0];

/**
 * Shows the test case that executions make, with what was replaced in it, and writes that.
 * @throws HarmonyError before anything is written
 */
export async function recordMocks(
  executions: readonly string[],
  flags: RecordFlags,
  io: Io,
): Promise<ExitStatus> {
  const { root, assembly } = await openWorkspace(flags.assembly, io);
  const stage = stageOf(assembly, flags.stage);
  const stages = assembly.stages.map(({ name }) => name);
  const redaction = redactionOf(flags);
  const recordings = await recordingsOf(executions, flags.child, { stage, stages }, io);
  const files = new Map<string, unknown>();
  for (const recording of recordings) {
    io.stdout.write(await addCase(recording, { root, stages, flags, redaction, files }));
  }
  const replaced = redaction.replacements.map(
    ({ kind, original, by, count }) => `  ${kind} ${original} -> ${by} (${count} times)`,
  );
  io.stdout.write(
    replaced.length === 0
      ? 'Nothing was replaced.\n'
      : `Replaced:\n${printable(replaced.join('\n'))}\n`,
  );
  for (const [file, content] of files) {
    if (flags.dryRun !== true) {
      await writeWhole(join(root, file), `${JSON.stringify(content, null, 2)}\n`);
    }
    io.stdout.write(`${flags.dryRun === true ? 'Would write' : 'Wrote'} ${file}.\n`);
  }
  return 0;
}

interface Job {
  readonly root: string;
  readonly stages: readonly string[];
  readonly flags: RecordFlags;
  readonly redaction: Redaction;
  /** What is to be written, by its path from the workspace's root. */
  readonly files: Map<string, unknown>;
}

/** @returns what it shows */
async function addCase({ history, machine, nested }: Recording, job: Job): Promise<string> {
  const { flags, files } = job;
  const key = machine.contract?.name ?? machine.orchestration?.name ?? machine.name;
  const file = machine.mocks ?? `apps/${key}/mocks.json`;
  const { arn, name, roleArn, type, definition } = machine;
  const options = { arn, name, roleArn, type, definition: definition as MockJson };
  const made = await recordCase(
    history,
    new Replayer(options, job.stages),
    job.redaction,
    ({ resource }) =>
      !(flags.handlers === true && /^(lambda:|arn:[^:]*:lambda:)/.test(resource)) &&
      !(nested && resource.startsWith('states:startExecution')),
  );
  const mocks = (files.get(file) ?? (await readMocks(join(job.root, file), file))) as MockJson;
  const more = withCase(mocks, { key, caseName: flags.case }, made.responses);
  if (more === undefined) {
    throw new UsageError(
      `${file}: ${key} has a test case ${flags.case} already. Name another with --case, or remove that one.`,
    );
  }
  parseMockConfiguration(JSON.stringify(more), file);
  files.set(file, more);
  const example = `${dirname(file)}/examples/${flags.case}.json`;
  files.set(example, made.input);
  const kept = `apps/${key}/records/${flags.case}.json`;
  const record = flags.records === true ? redactedHistory(history, job.redaction) : undefined;
  if (record !== undefined) files.set(kept, record);
  const shown = { [flags.case]: Object.fromEntries(made.responses) };
  const { verdict } = made.replay;
  return printable(
    [
      `${key}: ${history.name}`,
      ...(verdict === 'same'
        ? []
        : [
            `  The definition here does not do what was recorded (${VERDICTS[verdict]}), so the case may lack answers:`,
            ...whyLines(made.replay).map((why) => `  ${job.redaction.value(why)}`),
          ]),
      `${file}: ${JSON.stringify(shown, null, 2)}`,
      `${example}: ${JSON.stringify(made.input, null, 2)}`,
      ...(record === undefined ? [] : [`${kept}: ${JSON.stringify(record, null, 2)}`]),
      '',
    ].join('\n'),
  );
}

async function readMocks(path: string, file: string): Promise<MockJson> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  parseMockConfiguration(text, file);
  const reading = readJson(text);
  return reading.ok ? (reading.value as MockJson) : {};
}
