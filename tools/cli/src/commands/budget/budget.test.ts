import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import { testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

const budget = (...args: string[]) => call(['budget', ...args], { cwd: workspace.root });

describe('harmony budget', () => {
  it('shows what each orchestrator takes of every limit', async () => {
    const { status, stdout } = await budget();
    expect(stdout).toMatch(/^dev › morning-round: 4 targets\n/);
    // One delayed, one disabled: 14 of the frame, 10 each, 2 for the delay, 6 for the disabled one.
    expect(stdout).toMatch(/history events +54 +\d+ +25,000/);
    expect(stdout).toMatch(/state transitions +15 /);
    expect(stdout).toMatch(/price of a run +\$0\.00038 /);
    expect(stdout).toMatch(/bytes of the definition +[\d,]+ +1,048,576/);
    expect(stdout).toMatch(/characters of payload checks +[1-9]\d+ +16,000/);
    expect(stdout).toContain('assumed: no bound in the schema of payload.site');
    expect(status).toBe(0);
  });

  it('gives them as one JSON document with --json', async () => {
    const { stdout } = await budget('morning-round', '--json', '--stage', 'dev');
    expect(JSON.parse(stdout)).toMatchObject({
      within: true,
      budgets: [
        {
          stage: 'dev',
          orchestrator: 'morning-round',
          targets: 4,
          typical: { events: 54, transitions: 15 },
          events: { limit: 25_000 },
          largestState: { limit: 262_144 },
          findings: [],
        },
      ],
    });
  });

  it('lists the known names for an unknown one', async () => {
    const { status, stderr } = await budget('evening-round');
    expect(stderr).toContain('there is no orchestrator "evening-round". Known: morning-round.');
    expect(status).toBe(2);
    expect((await budget('--stage', 'prod')).stderr).toContain('Stages: dev.');
  });
});
