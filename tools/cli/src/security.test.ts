import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const rows = readFileSync(join(root, 'docs', 'security.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !line.startsWith('| --'));
const claims = rows.flatMap((row) => {
  const [, what = '', ...rest] = row.split('|').map((cell) => cell.trim());
  // A table's head; every other row ends in its test.
  return rest.at(-2) === 'held by' ? [] : [[what, rest.at(-2) ?? ''] as const];
});

describe('what docs/security.md says', () => {
  it('is read', () => {
    expect(claims.length).toBeGreaterThan(25);
  });

  it.each(claims)('of "%s" is held by a test that there is', (_what, held) => {
    const [, file = '', sentence = ''] = /^`([^`]+)`: (.+)$/.exec(held) ?? [];
    expect(readFileSync(join(root, file), 'utf8')).toContain(`'${sentence}'`);
  });
});
