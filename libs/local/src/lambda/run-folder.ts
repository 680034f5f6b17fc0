import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of this machine that one environment may write. */
export interface EnvironmentFolders {
  /** Its `/tmp`. Absolute, without symbolic links. */
  readonly temporary: string;
  /** Compiled code that the environments of one run share. */
  readonly compiled: string;
}

/** What one local system's handlers write, in a folder that goes with it. */
export class RunFolder implements AsyncDisposable {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'harmony-run-')));
  #environments = 0;

  environment(): EnvironmentFolders {
    const temporary = join(this.path, `tmp-${this.#environments++}`);
    const compiled = join(this.path, 'compiled');
    for (const folder of [temporary, compiled]) mkdirSync(folder, { recursive: true });
    return { temporary, compiled };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}
