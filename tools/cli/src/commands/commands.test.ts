import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;
const folders = (of: string): string[] =>
  readdirSync(of, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

describe('the folders of commands', () => {
  it.each([
    ['commands', here, 'index.ts'],
    ['contracts', join(here, 'contracts'), 'command.ts'],
  ])('under %s each declare one, and are listed', (_name, of, list) => {
    const listed = readFileSync(join(of, list), 'utf8');
    for (const folder of folders(of)) {
      expect(existsSync(join(of, folder, 'command.ts')), `${folder}/command.ts`).toBe(true);
      expect(listed).toContain(`'./${folder}/command.ts'`);
    }
  });
});
