import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestWorkspace } from '../src/testing/workspace.ts';
import { call } from '../src/testing/call.ts';
import { mutated } from './mutate.ts';
import { type Case, problemOf, problemWith } from './problem.ts';
import { READERS, readable } from './readers.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await readable();
});
afterAll(() => workspace[Symbol.asyncDispose]());

const folder = join(import.meta.dirname, 'cases');

it.each(readdirSync(folder))(
  'a file that once was no good is taken or refused: %s',
  async (file) => {
    const tried = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case;
    expect(await problemWith(tried, workspace.root)).toBeUndefined();
  },
);

it.each(Object.entries(READERS))(
  'the file is read that is changed: %s',
  async (_, { file, args }) => {
    const proper = readFileSync(join(workspace.root, file), 'utf8');
    const before = await call(args, { cwd: workspace.root });
    await workspace.write(file, '{"torn": ');
    try {
      const after = await call(args, { cwd: workspace.root });
      expect(after).not.toEqual(before);
      expect(after.status).not.toBe(0);
    } finally {
      await workspace.write(file, proper);
    }
  },
);

it('the same seed changes a file in the same way, another in another', () => {
  const changes = (from: number) =>
    Array.from({ length: 20 }, (_, at) => mutated(Buffer.from('{"a": [1]}'), from + at));
  expect(changes(1)).toEqual(changes(1));
  expect(changes(1)).not.toEqual(changes(1_000));
});

describe('what is told of a command', () => {
  const answers = { status: 2, stdout: '', stderr: 'harmony: a is not JSON.\n' } as const;
  it.each([
    ['a value', { ...answers, status: 0, stderr: '' } as const],
    ['a message', answers],
  ])('is nothing where it gives %s', async (_, result) => {
    expect(await problemOf(() => Promise.resolve(result))).toBeUndefined();
  });

  it.each([
    ['that ends without a word', { ...answers, stderr: '' }, 'without a word'],
    ['that tells a fault', { ...answers, stderr: 'x is not a function' }, 'words of a fault'],
  ])('%s is a problem', async (_, result, problem) => {
    expect(await problemOf(() => Promise.resolve(result))).toContain(problem);
  });

  it('that throws is a problem', async () => {
    expect(await problemOf(() => Promise.reject(new RangeError('no')))).toContain('RangeError');
  });
});
