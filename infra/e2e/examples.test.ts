import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stages } from '../src/stages.ts';
import { harmony, WORKSPACE } from './harmony.ts';

/** Whatever this workspace holds: a new child, orchestration or stage is held to this, too. */
const children = globSync('apps/*/example.json', { cwd: WORKSPACE }).map((file) =>
  basename(dirname(file)),
);
const orchestrations = globSync('infra/examples/*.json', { cwd: WORKSPACE }).map((file) =>
  basename(file, '.json'),
);
const cases = stages.flatMap(({ name: stage }) =>
  [...children, ...orchestrations].map((name) => [stage, name] as const),
);

describe('every example of this workspace', () => {
  it.each(cases)('runs in stage %s: %s', async (stage, name) => {
    const { status, stdout, stderr } = await harmony(['run', name, '--stage', stage, '--json'], {
      cwd: join(WORKSPACE),
    });
    expect(stderr).toBe('');
    expect((JSON.parse(stdout) as { readonly status: string }).status).toBe('SUCCEEDED');
    expect(status).toBe(0);
  });
});
