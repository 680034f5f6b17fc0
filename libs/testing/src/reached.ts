import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { definitionFile } from '@harmony/constructs';
import {
  CoverageCounter,
  definitionHash,
  mergeCoverage,
  unreachedLines,
  writeCoverage,
} from '@harmony/contract-checks/coverage';

/** By test file and definition: two assemblies of a child count together, and files share this module. */
const counters = new Map<string, CoverageCounter>();

/** Counts what the runs of one child reach in this test file, for `harmony coverage`. */
export class Reached {
  readonly counter: CoverageCounter;
  readonly #file: string;
  readonly #text: string;
  readonly #root: string;
  readonly #test: string | undefined;

  private constructor(workspaceRoot: string, file: string, test: string | undefined) {
    this.#root = workspaceRoot;
    this.#file = file;
    this.#text = readFileSync(file, 'utf8');
    this.#test = test;
    const key = JSON.stringify([test, file]);
    this.counter = counters.get(key) ?? new CoverageCounter();
    counters.set(key, this.counter);
  }

  /**
   * @param folder the child's, absolute
   * @throws ConstructError where it holds no definition, or two
   */
  static async of(workspaceRoot: string, folder: string): Promise<Reached> {
    return new Reached(workspaceRoot, definitionFile(folder), await testFile());
  }

  /** Leaves what was reached so far where `harmony coverage` finds it. */
  save(): void {
    const test = this.#test;
    if (test === undefined) return;
    const folder = dirname(this.#file);
    const definition = definitionHash(this.#text);
    const { places, mocks } = this.counter;
    writeCoverage(folder, { test: slashes(relative(folder, test)), definition, places, mocks });
  }

  /** @throws where nothing ran: what is not known must not pass for nothing left out */
  unreached(kinds?: Parameters<typeof unreachedLines>[1]): string[] {
    if (this.counter.places.length === 0) {
      throw new Error('no run of this test file has reached anything yet: run the child first');
    }
    const file = slashes(relative(this.#root, this.#file));
    return unreachedLines(mergeCoverage('', file, this.#text, [this.counter]), kinds);
  }
}

/** The test file that runs; undefined where no test does. */
async function testFile(): Promise<string | undefined> {
  // Outside of a test runner the package throws when it is loaded.
  if (process.env['VITEST'] === undefined) return undefined;
  const { expect } = await import('vitest');
  return expect.getState().testPath;
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
