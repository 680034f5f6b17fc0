import { globSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, readlink, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * Gives a working tree the packages that another one of the same lock file has: as hard links in
 * folders of its own, so that no path of the other shows in what is made of them. Packages of the
 * workspace itself lead to the working tree's.
 */
export async function linkPackages(from: string, to: string): Promise<void> {
  const { workspaces = [] } = JSON.parse(await readFile(join(to, 'package.json'), 'utf8')) as {
    readonly workspaces?: readonly string[];
  };
  const own = globSync(
    workspaces.map((pattern) => `${pattern}/package.json`),
    { cwd: to },
  ).map(dirname);
  const names = new Map<string, string>();
  for (const folder of own) {
    const { name } = JSON.parse(await readFile(join(to, folder, 'package.json'), 'utf8')) as {
      readonly name?: string;
    };
    if (name !== undefined) names.set(name, folder);
  }
  const scopes = new Set([...names.keys()].map((name) => name.split('/')[0] ?? ''));
  // Not the workspace's own, nor what tools keep there, such as vite's cache.
  const isLeftOut = (name: string) => scopes.has(name) || (name.startsWith('.') && name !== '.bin');
  for (const folder of ['', ...own]) {
    const modules = join(from, folder, 'node_modules');
    for (const name of await readdir(modules).catch(() => [])) {
      if (!isLeftOut(name))
        await linkFolder(join(modules, name), join(to, folder, 'node_modules', name));
    }
  }
  for (const [name, folder] of names) {
    const path = join(to, 'node_modules', name);
    await mkdir(dirname(path), { recursive: true });
    await symlink(relative(dirname(path), join(to, folder)), path);
  }
}

async function linkFolder(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return;
  await mkdir(to, { recursive: true });
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkFolder(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target).catch(() => copyFile(source, target)); // another file system
  }
}
