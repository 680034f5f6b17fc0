import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadStacks } from './load-stacks.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmony stäcks-'));
  writeFileSync(join(folder, 'second.ts'), 'export const stack = () => "second";');
  writeFileSync(join(folder, 'first.ts'), 'export const stack = () => "first";');
  writeFileSync(join(folder, 'first.test.ts'), 'throw new Error("a test is no stack");');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the stacks of a folder', () => {
  it('are its files, by name and in their order, tests left out', async () => {
    expect(Object.keys(await loadStacks(folder))).toEqual(['first', 'second']);
  });

  it('refuse a file that exports none, by its path', async () => {
    writeFileSync(join(folder, 'third.ts'), 'export const stak = () => {};');
    await expect(loadStacks(folder)).rejects.toMatchObject({
      code: 'STACK_INVALID',
      message: expect.stringContaining('third.ts') as string,
    });
  });

  it('are loaded one by one where only one is asked for, whatever the others are', async () => {
    writeFileSync(join(folder, 'third.ts'), 'this is no TypeScript');
    expect(Object.keys(await loadStacks(folder, 'first'))).toEqual(['first']);
    await expect(loadStacks(folder, 'fourth')).rejects.toMatchObject({
      code: 'STACK_INVALID',
      message: expect.stringContaining('There is no stack fourth') as string,
    });
  });
});
