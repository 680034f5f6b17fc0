import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCoverage, definitionHash } from '@harmony/contract-checks/coverage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../testing/call.ts';
import { testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

const definition = 'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n  B:\n    Type: Succeed\n';
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace();
  // Its own children have other definitions, and no tests.
  for (const child of ['greenhouse', 'pond']) {
    await rm(join(workspace.root, 'apps', child), { recursive: true, force: true });
  }
  await workspace.write('apps/greenhouse/workflow.asl.yaml', definition);
  await workspace.write('apps/greenhouse/test/a.test.ts', '');
  writeCoverage(join(workspace.root, 'apps/greenhouse'), {
    test: 'test/a.test.ts',
    definition: definitionHash(definition),
    places: [
      { kind: 'state', pointer: '/States/A', count: 1 },
      { kind: 'state', pointer: '/States/B', count: 0 },
    ],
    mocks: [{ testCase: 'HappyPath', state: 'A' }],
  });
  await workspace.write('apps/greenhouse/mocks.json', {
    StateMachines: { greenhouse: { TestCases: { HappyPath: { A: 'x', B: 'x' } } } },
  });
});
afterAll(() => workspace[Symbol.asyncDispose]());

const coverage = (...args: readonly string[]) =>
  call(['coverage', ...args], { cwd: workspace.root });

describe('harmony coverage', () => {
  it('shows a table of the children and what no test reached', async () => {
    const { status, stdout } = await coverage();
    expect(stdout).toMatch(/^greenhouse +1\/2 50 % +– +–/m);
    expect(stdout).toContain(
      'Reached by no test:\napps/greenhouse/workflow.asl.yaml:6:3: state B\n',
    );
    expect(stdout).toMatch(
      /Mocks that no test used:\napps\/greenhouse\/mocks\.json:\d+:\d+: HappyPath: B\n/,
    );
    expect(status).toBe(0);
  });

  it('says no below the least that is asked for, of all kinds or of one', async () => {
    expect((await coverage('greenhouse', '--min', '50')).status).toBe(0);
    expect((await coverage('--min', 'rules=100')).status).toBe(0);
    const { status, stdout } = await coverage('--min', 'rules=100,states=51');
    expect(stdout).toContain(
      'apps/greenhouse/workflow.asl.yaml: error: greenhouse: the tests reach 1 of 2 states, 50 %, and 51 % are asked for (COVERAGE_TOO_LOW)',
    );
    expect(status).toBe(1);
  });

  it("takes the least from the child's package.json, and the command's word before it", async () => {
    const file = 'apps/greenhouse/package.json';
    await workspace.write(file, { harmony: { coverage: { states: 60 } } });
    expect((await coverage()).status).toBe(1);
    expect((await coverage('--min', 'states=50')).status).toBe(0);
    await workspace.write(file, { harmony: { coverage: { steps: 60 } } });
    const { status, stderr } = await coverage();
    expect(stderr).toContain(
      `${file}: harmony.coverage: "steps=60" is not a percentage from 0 to 100`,
    );
    expect(status).toBe(2);
    await workspace.remove(file);
  });

  it('writes what other tools read', async () => {
    const { status } = await coverage('--lcov', 'out/lcov.info', '--cobertura', 'out/c.xml');
    expect(status).toBe(0);
    const read = (file: string) => readFile(join(workspace.root, 'out', file), 'utf8');
    expect(await read('lcov.info')).toContain('SF:apps/greenhouse/workflow.asl.yaml\nFN:3,A\n');
    expect(await read('c.xml')).toContain('<line number="6" hits="0" branch="false"/>');
    const { stdout } = await coverage('--json', '--min', '100');
    expect(JSON.parse(stdout)).toMatchObject({
      children: [{ child: 'greenhouse', totals: { state: { reached: 1, total: 2 } } }],
      findings: [{ code: 'COVERAGE_TOO_LOW' }],
    });
  });

  it('refuses what it does not know', async () => {
    const { status, stderr } = await coverage('pond');
    expect(stderr).toContain('no child workflow pond');
    expect(status).toBe(2);
    expect((await coverage('--min', 'all')).status).toBe(2);
    await workspace.write('apps/pond/workflow.asl.yaml', definition);
    const untested = await coverage('--min', '0');
    expect(untested.stderr).toContain('pond: no test has run its state machine.');
    expect(untested.status).toBe(2);
  });
});
