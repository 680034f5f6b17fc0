import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '@harmony/schema';
import { LocalError } from '../errors.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { RunDocument } from '../run-model/document.ts';

/** A run that was kept, and how it was started. */
export interface SavedRun extends RunDocument {
  /** When it was run, to the millisecond, and what: `20260131-080000250-account-review`. */
  readonly id: string;
  /** As it was asked for. */
  readonly name: string;
  readonly stage: string;
  /** ISO 8601, in real time. */
  readonly savedAt: string;
  /** What it took here, in milliseconds. */
  readonly realMs: number;
}

/** Runs that are kept. */
const MOST_RUNS = 50;
/** Characters of a name, which may be a path; its end says more. File systems take 255 in all. */
const LONGEST_NAME = 120;

/** The finished runs of a workspace, in `.harmony/runs`: a JSON document each, the oldest go first. */
export class SavedRuns {
  readonly #folder: string;

  /** @param root absolute folder of the workspace */
  constructor(root: string) {
    this.#folder = join(root, '.harmony', 'runs');
  }

  /** @returns its id */
  async save(run: Omit<SavedRun, 'id'>): Promise<string> {
    const ids = this.ids();
    const time = run.savedAt.slice(0, 23).replaceAll(/[-:.]/g, '').replace('T', '-');
    const stem = `${time}-${run.name.replaceAll(/[^\w.-]/g, '_').slice(-LONGEST_NAME)}`;
    let id = stem;
    for (let more = 2; ids.includes(id); more++) id = `${stem}-${more}`;
    const saved: SavedRun = { id, ...run };
    await writeWhole(this.#file(id), JSON.stringify(saved));
    const all = this.ids();
    for (const old of all.slice(0, Math.max(0, all.length - MOST_RUNS))) {
      rmSync(this.#file(old), { force: true });
    }
    return id;
  }

  /** The oldest first. */
  ids(): string[] {
    try {
      const files = readdirSync(this.#folder).filter((file) => file.endsWith('.json'));
      return files.map((file) => file.slice(0, -'.json'.length)).sort();
    } catch {
      // There is no such folder before the first run.
      return [];
    }
  }

  /**
   * @param given an id or a part of one; the latest that has it. Default: the latest of all
   * @throws LocalError UNKNOWN_RUN; RUN_UNREADABLE for what is no run, or another version's
   */
  read(given?: string): SavedRun {
    const ids = this.ids();
    const id =
      ids.find((each) => each === given) ??
      ids.findLast((each) => given === undefined || each.includes(given));
    if (id === undefined) {
      const message =
        ids.length === 0
          ? 'No run is kept here yet: start one with  harmony run NAME'
          : `No run ${JSON.stringify(given)} is kept. List them with  harmony runs`;
      throw new LocalError('UNKNOWN_RUN', message);
    }
    let run: unknown;
    try {
      run = JSON.parse(readFileSync(this.#file(id), 'utf8'));
    } catch (cause) {
      throw unreadable(id, (cause as Error).message, cause);
    }
    if (!isRun(run)) throw unreadable(id, 'it is damaged, or of another version of harmony');
    return run;
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

const TEXTS = ['name', 'stage', 'savedAt', 'status', 'startDate', 'stopDate'];

/** As far as a file that somebody touched, or that another version wrote, would not be shown. */
function isRun(value: unknown): value is SavedRun {
  if (!isObject(value) || value['format'] !== 1) return false;
  const { executions } = value;
  return (
    TEXTS.every((name) => typeof value[name] === 'string') &&
    Array.isArray(executions) &&
    executions.every(
      (each) =>
        isObject(each) &&
        Array.isArray(each['history']) &&
        each['history'].every((event) => isObject(event) && typeof event['type'] === 'string'),
    )
  );
}

function unreadable(id: string, why: string, cause?: unknown): LocalError {
  const message = `The run .harmony/runs/${id}.json can't be read: ${why}. Remove the file.`;
  return new LocalError('RUN_UNREADABLE', message, { cause });
}
