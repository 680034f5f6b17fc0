import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceKind, Reach } from '@harmony/engine';
import { readJson } from '@harmony/schema/json-text';
import { ContractChecksError } from '../errors.ts';
import { KINDS } from './kinds.ts';

/** Where a child's tests leave what they reached, from the child's folder; no file of it is committed. */
export const COVERAGE_FOLDER = '.harmony/coverage';

export interface ReachedPlace {
  readonly kind: PlaceKind;
  /** JSON Pointer into the definition. */
  readonly pointer: string;
  /** How often runs came by. */
  readonly count: number;
}

/** An entry of a test case that has answered. */
export interface UsedMock {
  readonly testCase: string;
  readonly state: string;
}

/** What the runs of one test file reached. */
export interface CoverageRecord {
  /** The test file, from the child's folder. */
  readonly test: string;
  /** Of the definition's text, SHA-256 in hexadecimal. */
  readonly definition: string;
  readonly places: readonly ReachedPlace[];
  readonly mocks: readonly UsedMock[];
}

/** Counts what the runs of one state machine reach. */
export class CoverageCounter implements Reach {
  readonly #places = new Map<string, { kind: PlaceKind; pointer: string; count: number }>();
  readonly #mocks = new Map<string, UsedMock>();

  place(kind: PlaceKind, pointer: string): () => void {
    const key = `${kind} ${pointer}`;
    const place = this.#places.get(key) ?? { kind, pointer, count: 0 };
    this.#places.set(key, place);
    return () => void place.count++;
  }

  mock({ testCase, state }: UsedMock): void {
    this.#mocks.set(JSON.stringify([testCase, state]), { testCase, state });
  }

  get mocks(): readonly UsedMock[] {
    return [...this.#mocks.values()];
  }

  get places(): readonly ReachedPlace[] {
    return [...this.#places.values()];
  }
}

export function definitionHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Writes a record in place of the one that the same test file left before. @param folder the child's */
export function writeCoverage(folder: string, record: CoverageRecord): void {
  const into = join(folder, COVERAGE_FOLDER);
  mkdirSync(into, { recursive: true });
  const file = join(into, `${record.test.replaceAll(/[^\w.-]/g, '_')}.json`);
  // Whole or not at all: another process may read it now.
  writeFileSync(`${file}.${process.pid}.partial`, `${JSON.stringify(record)}\n`);
  renameSync(`${file}.${process.pid}.partial`, file);
}

/**
 * @param file names it in messages
 * @throws {ContractChecksError} `FILE_UNREADABLE` for what no test of this version wrote
 */
export function parseCoverage(text: string, file: string): CoverageRecord {
  const reading = readJson(text);
  const record = reading.ok ? (reading.value as Partial<CoverageRecord> | null) : undefined;
  const places: unknown = record?.places;
  const mocks: unknown = record?.mocks;
  if (
    typeof record?.test === 'string' &&
    typeof record.definition === 'string' &&
    Array.isArray(places) &&
    places.every(isPlace) &&
    Array.isArray(mocks) &&
    mocks.every(isMock)
  ) {
    return record as CoverageRecord;
  }
  throw new ContractChecksError(
    'FILE_UNREADABLE',
    `${file} is not what a child's tests write: remove it and run the tests again.`,
  );
}

function isPlace(value: unknown): boolean {
  const { kind, pointer, count } = (value ?? {}) as Partial<ReachedPlace>;
  return (
    typeof kind === 'string' &&
    Object.hasOwn(KINDS, kind) &&
    typeof pointer === 'string' &&
    Number.isSafeInteger(count)
  );
}

function isMock(value: unknown): boolean {
  const { testCase, state } = (value ?? {}) as Partial<UsedMock>;
  return typeof testCase === 'string' && typeof state === 'string';
}
