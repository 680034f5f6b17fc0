import type { Tree } from '@nx/devkit';
import { GeneratorError } from './generator-error.ts';

const FILE = '.github/CODEOWNERS';

/** Makes a team the owner of a child and its contract: one line for each folder. */
export function addOwner(tree: Tree, child: string, team: string): void {
  if (!/^(@[A-Za-z0-9-]+(\/[A-Za-z0-9._-]+)?|[^\s@]+@[^\s@]+)$/.test(team)) {
    throw new GeneratorError(
      'NAME_INVALID',
      `--team ${JSON.stringify(team)} isn't a code owner: write @organisation/team, @user or an e-mail address.`,
    );
  }
  const lines = [...readLines(tree).filter((line) => !isOf(line, child))];
  lines.push(...folders(child).map((folder) => `${folder} ${team}`));
  tree.write(FILE, `${lines.join('\n')}\n`);
}

export function removeOwner(tree: Tree, child: string): void {
  const lines = readLines(tree);
  const kept = lines.filter((line) => !isOf(line, child));
  if (kept.length < lines.length) tree.write(FILE, `${kept.join('\n')}\n`);
}

function folders(child: string): readonly string[] {
  return [`/apps/${child}/`, `/libs/contracts/${child}/`];
}

function isOf(line: string, child: string): boolean {
  return folders(child).some((folder) => line.startsWith(`${folder} `));
}

function readLines(tree: Tree): readonly string[] {
  const text = tree.read(FILE, 'utf8');
  if (text === null) return ['# Who reviews what. The last line that matches counts.'];
  return text.trimEnd().split('\n');
}
