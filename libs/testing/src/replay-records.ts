import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '@harmony/assembly';
import { parseHistory, Replayer, VERDICTS, whyLines } from '@harmony/contract-checks/replay';
import { findStateMachine } from '@harmony/local';

/**
 * @param folder of the histories, absolute
 * @returns for each history that is not the same any more what becomes of it, and where it parts
 */
export async function replayRecords(stage: Stage, name: string, folder: string): Promise<string[]> {
  const { arn, name: full, roleArn, type, definition } = findStateMachine(stage, name);
  const replayer = new Replayer(
    { arn, name: full, roleArn, type, definition: definition as Definition },
    [stage.name],
  );
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  if (files.length === 0) throw new Error(`${folder} holds no history`);
  const lines: string[] = [];
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const replay = await replayer.replay(parseHistory(text, file));
    if (replay.verdict === 'same') continue;
    lines.push(`${file}: ${VERDICTS[replay.verdict]}`, ...whyLines(replay));
  }
  return lines;
}

type Definition = ConstructorParameters<typeof Replayer>[0]['definition'];
