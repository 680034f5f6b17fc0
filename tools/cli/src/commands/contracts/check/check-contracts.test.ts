import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../../testing/call.ts';
import { testWorkspace } from '../../../testing/workspace.ts';
import type { TestWorkspace } from '../../../testing/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

// The role of the hand-made assembly permits nothing.
describe('harmony contracts check', () => {
  it('prints a line for each problem and exits with 1', async () => {
    const { status, stdout } = await call(['contracts', 'check'], { cwd: workspace.root });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^error: dev › morning-round › .*states:StartExecution/);
    expect(lines.at(-1)).toMatch(
      /^Contracts have \d+ problems: 1 orchestrator, 2 child workflows, in 1 stage \(dev\)\.$/,
    );
    expect(status).toBe(1);
  });

  it('gives the problems as one JSON document with --json', async () => {
    const { stdout } = await call(['contracts', 'check', '--json'], { cwd: workspace.root });
    const { valid, problems } = JSON.parse(stdout) as { valid: boolean; problems: object[] };
    expect(valid).toBe(false);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'PERMISSION_MISSING', orchestrator: 'morning-round' }),
    );
  });

  it('says how to make an assembly where there is none', async () => {
    const { status, stderr } = await call(['contracts', 'check', '--assembly', 'inputs'], {
      cwd: workspace.root,
    });
    expect(stderr).toContain('npx nx synth infra');
    expect(status).toBe(2);
  });

  it('is no success on an assembly with nothing in it', async () => {
    await workspace.write('empty/manifest.json', { version: '38.0.0', artifacts: {} });
    const { status, stdout, stderr } = await call(['contracts', 'check', '--assembly', 'empty'], {
      cwd: workspace.root,
    });
    expect(stderr).toContain('holds no orchestrator');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
