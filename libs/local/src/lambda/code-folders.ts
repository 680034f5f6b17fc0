import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaFunction } from '@harmony/assembly';
import { LocalError } from '../errors.ts';
import { type RunnableFunction, runtimeFamily } from './runnable.ts';

/** Why a function is not run here; its Task needs a mock. */
export interface NotRunnable {
  readonly reason: string;
}

/** CloudFormation names the file of an inline function `index`. */
const INLINE_FILE = { node: 'index.js', python: 'index.py' } as const;

/** The folders that functions are loaded from: their own, or one that is made of inline code. */
export class CodeFolders implements AsyncDisposable {
  readonly #made = new Map<string, Promise<string>>();
  #root: Promise<string> | undefined;

  /** @throws LocalError MISSING_CODE where the assembly is not whole */
  async of(fn: LambdaFunction): Promise<RunnableFunction | NotRunnable> {
    const { code, ...facts } = fn;
    if (code.kind === 'elsewhere') return { reason: code.reason };
    const family = runtimeFamily(fn.runtime);
    if (family === undefined) {
      return {
        reason: `a local run has no runtime ${fn.runtime}: it runs Node.js and Python`,
      };
    }
    if (code.kind === 'inline') {
      let folder = this.#made.get(fn.arn);
      if (folder === undefined) {
        folder = this.#write(fn.name, INLINE_FILE[family], code.source);
        this.#made.set(fn.arn, folder);
      }
      return { ...facts, assetPath: await folder };
    }
    if (existsSync(code.path)) return { ...facts, assetPath: code.path };
    throw new LocalError(
      'MISSING_CODE',
      `${fn.name}: the folder of its code, ${code.path}, does not exist. Synthesise the assembly again.`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const root = await this.#root;
    if (root !== undefined) await rm(root, { recursive: true, force: true });
  }

  async #write(name: string, file: string, source: string): Promise<string> {
    this.#root ??= mkdtemp(join(tmpdir(), 'harmony-inline-'));
    const folder = join(await this.#root, `${this.#made.size}-${name}`);
    await mkdir(folder);
    await writeFile(join(folder, file), source);
    return folder;
  }
}
