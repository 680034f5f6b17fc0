import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { broken, safe } from './expand-and-contract.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');

test('all code of docs/contracts.md is in the example, which compiles', () => {
  const blocks = [...read('../../../docs/contracts.md').matchAll(/```ts\n(.*?)```/gs)];
  expect(blocks.length).toBeGreaterThan(3);
  const example = read('expand-and-contract.ts');
  for (const [, code = ''] of blocks) expect(example).toContain(code);
});

test('expanding is compatible, and what the second version changes is breaking', () => {
  expect(safe.verdict).toBe('compatible');
  expect(broken.verdict).toBe('breaking');
  expect(broken.changes[0]).toHaveProperty('counterexample');
});
