import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workspaceRoot } from './workspace.ts';

it('package-lock.json names no registry host, so an install uses the one that is configured', () => {
  const { packages } = JSON.parse(
    readFileSync(join(workspaceRoot, 'package-lock.json'), 'utf8'),
  ) as { packages: Record<string, { resolved?: string; link?: boolean }> };
  const remote = Object.entries(packages).filter(([, { resolved }]) => resolved?.includes('://'));
  expect(remote).toEqual([]);
});
