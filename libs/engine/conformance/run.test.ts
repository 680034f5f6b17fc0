import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Without the recorded executions. */
function measure(environment: { readonly [name: string]: string } = {}) {
  return spawnSync(process.execPath, [resolve(import.meta.dirname, 'run.ts')], {
    encoding: 'utf8',
    env: { ...process.env, CONFORMANCE_DIR: '/nowhere', ...environment },
  });
}

describe('engine:conformance without recorded executions', () => {
  it('says that it was skipped, and measured nothing', () => {
    const { status, stdout } = measure();
    expect(stdout).toContain('SKIPPED, not passed. Nothing was measured');
    expect(stdout).toContain('/nowhere');
    expect(status).toBe(0);
  });

  it('fails where they are required', () => {
    expect(measure({ CONFORMANCE_REQUIRED: '1' }).status).toBe(1);
  });
});
