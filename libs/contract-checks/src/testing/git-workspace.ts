import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** An empty workspace in a git repository of its own; in a subfolder of it where one is named. */
export class GitWorkspace implements AsyncDisposable {
  readonly #repository: string;
  readonly root: string;

  private constructor(repository: string, root: string) {
    this.#repository = repository;
    this.root = root;
  }

  static async make(subfolder = ''): Promise<GitWorkspace> {
    const repository = await mkdtemp(join(tmpdir(), 'harmony-contracts-'));
    const workspace = new GitWorkspace(repository, join(repository, subfolder));
    await workspace.write('package.json', '{ "type": "module" }');
    workspace.git('init', '--quiet');
    return workspace;
  }

  git(...args: readonly string[]): void {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
    execFileSync('git', [...who, ...args], { cwd: this.root });
  }

  commit(): void {
    this.git('add', '.');
    this.git('commit', '--quiet', '--allow-empty', '-m', 'a commit');
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.root, path), { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#repository, { recursive: true, force: true });
  }
}
