import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaFunction } from '@harmony/assembly';
import { LocalError } from '../errors.ts';
import { holdsHome } from './home.ts';
import { findPython } from './python.ts';
import { buildTypeScript, typeScriptSource } from './typescript.ts';
import { type RunnableFunction, runtimeFamily } from './runnable.ts';

/** Why a function is not run here; its Task needs a mock. */
export interface NotRunnable {
  readonly reason: string;
}

/** CloudFormation names the file of an inline function `index`. */
const INLINE_FILE = { node: 'index.js', python: 'index.py' } as const;

/** The folders that functions are loaded from: their own, or one that is made of inline code. */
export class CodeFolders implements AsyncDisposable {
  readonly #made = new Map<string, Promise<string | NotRunnable>>();
  #root: Promise<string> | undefined;

  /** @throws LocalError MISSING_CODE where the assembly is not whole */
  async of(fn: LambdaFunction): Promise<RunnableFunction | NotRunnable> {
    const { code, ...rest } = fn;
    if (code.kind === 'elsewhere') return { reason: code.reason };
    const family = runtimeFamily(fn.runtime);
    if (family === undefined) {
      return {
        reason: `a local run has no runtime ${fn.runtime}: it runs Node.js and Python`,
      };
    }
    const python = family === 'python' ? await findPython() : undefined;
    if (family === 'python' && python === undefined) {
      return { reason: `${fn.runtime} needs python3 on the PATH, and there is none` };
    }
    const facts = { ...rest, ...(python !== undefined && { python }) };
    if (code.kind === 'inline') {
      const { source } = code;
      const file = INLINE_FILE[family];
      return this.#in(facts, async (folder) => {
        await writeFile(join(folder, file), source);
        return undefined;
      });
    }
    if (!existsSync(code.path)) {
      throw new LocalError(
        'MISSING_CODE',
        `${fn.name}: the folder of its code, ${code.path}, does not exist. Synthesise the assembly again.`,
      );
    }
    if (holdsHome(code.path)) {
      return { reason: `its code, ${code.path}, is a folder that holds your home` };
    }
    const source = family === 'node' ? typeScriptSource(code.path, fn.handler) : undefined;
    if (source === undefined) return { ...facts, assetPath: code.path };
    return this.#in(facts, (folder) => buildTypeScript(source, fn.handler, folder));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const root = await this.#root;
    if (root !== undefined) await rm(root, { recursive: true, force: true });
  }

  /** In a folder of its own that `make` fills, once for each function. */
  async #in(
    facts: Omit<RunnableFunction, 'assetPath'>,
    make: (folder: string) => Promise<NotRunnable | undefined>,
  ): Promise<RunnableFunction | NotRunnable> {
    let made = this.#made.get(facts.arn);
    if (made === undefined) {
      made = this.#make(`${this.#made.size}-${facts.name}`, make);
      this.#made.set(facts.arn, made);
    }
    const folder = await made;
    return typeof folder === 'string' ? { ...facts, assetPath: folder } : folder;
  }

  async #make(
    name: string,
    make: (folder: string) => Promise<NotRunnable | undefined>,
  ): Promise<string | NotRunnable> {
    this.#root ??= mkdtemp(join(tmpdir(), 'harmony-code-'));
    const folder = join(await this.#root, name);
    await mkdir(folder);
    return (await make(folder)) ?? folder;
  }
}
