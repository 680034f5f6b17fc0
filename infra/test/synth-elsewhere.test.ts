import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ASSEMBLY } from './assembly-copy.ts';
import { WorkspaceCopy } from './workspace-copy.ts';

/** Every file of a folder, by its path within. */
function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    // A deployment leaves its archives beside the assembly.
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('.cache'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [file.slice(folder.length), readFileSync(file, 'utf8')]));
}

it('writes the same assembly, byte for byte, in a workspace that lies elsewhere', () => {
  using copy = new WorkspaceCopy();
  execFileSync(process.execPath, [join(copy.root, 'infra', 'src', 'main.ts')], { stdio: 'pipe' });
  const here = contents(ASSEMBLY);
  const there = contents(join(copy.root, 'infra', 'cdk.out'));
  expect([...there.keys()].sort()).toEqual([...here.keys()].sort());
  for (const [file, content] of there) expect(content === here.get(file), file).toBe(true);
});
