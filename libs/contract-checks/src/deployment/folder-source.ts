import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile } from '@harmony/errors/text-file';
import { ContractChecksError } from '../errors.ts';
import { parseChild, parseExecution, parseJson, parseOrchestrator, parseRecord } from './parse.ts';
import type { Deployed, DeployedSource, RunningExecution } from './records.ts';

/**
 * The records in a folder, for tests and for a CI without access to AWS:
 * `<stage>/children/<name>.json` and `<stage>/orchestrators/<name>.json` as the SSM parameters hold
 * them, `schemas/<key>` as the assets, and `<stage>/executions/<any>.json` with
 * `{ executionArn, orchestrator, definition, input }` for what runs.
 */
export function folderSource(folder: string): DeployedSource {
  return {
    async read(stage) {
      // Taken for a stage with nothing deployed, a misspelt folder would permit everything.
      if (!(await isFolder(folder))) {
        throw new ContractChecksError(
          'FILE_UNREADABLE',
          `${folder} isn't a folder: name the one that holds the records, laid out as <stage>/children/<name>.json and so on.`,
        );
      }
      const [children, orchestrators, running] = await Promise.all([
        records(folder, stage, 'children'),
        records(folder, stage, 'orchestrators'),
        executions(folder, stage),
      ]);
      const deployed: Deployed = {
        children: children.map(({ record, schemas, where }) => parseChild(record, schemas, where)),
        orchestrators: orchestrators.map(({ record, schemas, where }) =>
          parseOrchestrator(record, schemas, where),
        ),
        running,
      };
      return deployed;
    },
  };
}

async function records(folder: string, stage: string, kind: string) {
  return Promise.all(
    (await files(join(folder, stage, kind))).map(async (file) => {
      const record = parseRecord(await readTextFile(file), file);
      const where = join(folder, 'schemas', record.schemas.key);
      return { record, where, schemas: await readTextFile(where) };
    }),
  );
}

async function executions(folder: string, stage: string): Promise<RunningExecution[]> {
  return Promise.all(
    (await files(join(folder, stage, 'executions'))).map(async (file) => {
      const value = (parseJson(await readTextFile(file), file) ?? {}) as Readonly<
        Record<string, unknown>
      >;
      const { executionArn, orchestrator, definition, input } = value;
      const named = typeof executionArn === 'string' && typeof orchestrator === 'string';
      if (!named || definition === undefined || input === undefined) {
        throw new ContractChecksError(
          'RECORD_INVALID',
          `${file} isn't an execution: it needs executionArn and orchestrator, texts, and definition and input.`,
        );
      }
      const text = [JSON.stringify(definition), JSON.stringify(input)] as const;
      return { executionArn, orchestrator, ...parseExecution(...text) };
    }),
  );
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

/** None where the folder is not there: nothing of the kind is deployed yet. */
async function files(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new ContractChecksError('FILE_UNREADABLE', `${folder} cannot be read.`, { cause: error });
  });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}
