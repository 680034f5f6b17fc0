import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const WORKSPACE = join(import.meta.dirname, '..', '..');
const PARTS = ['apps', 'libs', 'infra', 'nx.json', 'package.json'];
const OWN_PACKAGES = ['apps/*', 'libs/*', 'libs/contracts/*', 'infra'].map(
  (p) => `${p}/node_modules`,
);
const LEFT_OUT = new Set(['node_modules', 'cdk.out', '.nx', '.harmony']);

/**
 * The workspace's sources and bundles in another folder, deeper than the original. Packages of the
 * registry are linked to the original's; those of the workspace to the copy's own.
 */
export class WorkspaceCopy implements Disposable {
  readonly #base = mkdtempSync(join(tmpdir(), 'harmony-elsewhere-'));
  readonly root = join(this.#base, 'some', 'other', 'place');

  constructor() {
    for (const part of PARTS) {
      cpSync(join(WORKSPACE, part), join(this.root, part), {
        recursive: true,
        filter: (source) => !LEFT_OUT.has(basename(source)),
      });
    }
    // Versions of their own that npm could not lift to the root.
    for (const folder of globSync(OWN_PACKAGES, { cwd: WORKSPACE })) {
      symlinkSync(join(WORKSPACE, folder), join(this.root, folder));
    }
    linkPackages(join(WORKSPACE, 'node_modules'), join(this.root, 'node_modules'));
  }

  [Symbol.dispose](): void {
    rmSync(this.#base, { recursive: true });
  }
}

function linkPackages(from: string, to: string): void {
  mkdirSync(join(to, '@harmony'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== '@harmony') symlinkSync(join(from, name), join(to, name));
  }
  // npm's links are relative: they lead to the packages of the copy.
  for (const name of readdirSync(join(from, '@harmony'))) {
    symlinkSync(readlinkSync(join(from, '@harmony', name)), join(to, '@harmony', name));
  }
}
