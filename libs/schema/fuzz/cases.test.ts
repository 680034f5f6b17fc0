import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FuzzTarget, TARGETS } from './targets.ts';

const folder = join(import.meta.dirname, 'cases');

test('each target that can be fuzzed has a name of its own', () => {
  expect(new Set(TARGETS.map(({ name }) => name)).size).toBe(TARGETS.length);
});

test.each(readdirSync(folder))('what fuzzing found stays mended: %s', (file) => {
  const { target, value } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    target: string;
    value: never;
  };
  const found = TARGETS.find(({ name }) => name === target) as FuzzTarget<unknown> | undefined;
  expect(found).toBeDefined();
  expect(found?.check(value)).toBeUndefined();
});
