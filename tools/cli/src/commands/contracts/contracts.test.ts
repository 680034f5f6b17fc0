import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotText } from '@harmony/contract/snapshot';
import { call } from '../../testing/call.ts';
import { greenhouse, pond, testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

let workspace: TestWorkspace;
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: workspace.root,
  });
const snapshotOf = (name: string) => `libs/contracts/${name}/contract.json`;

beforeAll(async () => {
  workspace = await testWorkspace();
  for (const { name, document } of [greenhouse, pond]) {
    await workspace.write(snapshotOf(name), snapshotText(document));
  }
  await workspace.write('old.json', { type: 'object', properties: { a: { type: 'number' } } });
  await workspace.write('new.json', {
    type: 'object',
    properties: { a: { type: 'number', maximum: 5 } },
  });
  git('init', '--quiet');
  git('add', 'libs', 'infra/contracts');
  git('commit', '--quiet', '-m', 'base');
});
afterAll(() => workspace[Symbol.asyncDispose]());

const contracts = (args: readonly string[], env: Record<string, string> = {}) =>
  call(['contracts', ...args], { cwd: workspace.root, env });
const files = ['--from', 'old.json', '--to', 'new.json'];

describe('harmony contracts diff', () => {
  it('names the field, the rule, what was and is, and a counterexample', async () => {
    const { status, stdout } = await contracts(['diff', ...files, '--direction', 'input']);
    expect(stdout).toContain('breaking /a [maximum]');
    expect(stdout).toContain('was: a number; now: a number to 5');
    expect(stdout).toContain('was accepted, now refused: {"a":6}');
    expect(status).toBe(1);
  });

  it('judges an output the other way round', async () => {
    const { status, stdout } = await contracts([
      'diff',
      ...files,
      '--direction',
      'output',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'compatible',
      changes: [{ verdict: 'compatible', pointer: '/a', rule: 'maximum' }],
    });
    expect(status).toBe(0);
  });

  it('asks for what is missing, and says which file is no schema', async () => {
    expect(await contracts(['diff', ...files])).toMatchObject({ status: 2 });
    const broken = await contracts([
      'diff',
      '--from',
      'gone.json',
      '--to',
      'new.json',
      '--direction',
      'input',
    ]);
    expect(broken.stderr).toContain('gone.json');
    expect(broken.status).toBe(2);
  });

  it.each([
    [{ type: 'strnig' }, `/type: "strnig" isn't one of`],
    [{ properties: { a: { minimum: '5' } } }, '/properties/a/minimum: must be number'],
    [{ items: [{}] }, 'name the draft you mean'],
    [{ $ref: 'https://example.com/x' }, '/$ref: https://example.com/x leads to nothing'],
    ['[1]', "(root): isn't a schema"],
  ])('refuses %j by name, since no verdict on it would be true', async (schema, message) => {
    await workspace.write('bad.json', schema);
    const sides = ['--from', 'old.json', '--to', 'bad.json', '--direction', 'input'];
    const { status, stdout, stderr } = await contracts(['diff', ...sides]);
    expect(stderr).toContain('bad.json is not a JSON Schema that can be compared');
    expect(stderr).toContain(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('reads the draft that a schema names', async () => {
    const $schema = 'http://json-schema.org/draft-07/schema#';
    await workspace.write('a.json', { $schema, items: [{ type: 'string' }] });
    await workspace.write('b.json', { $schema, items: [{ type: 'integer' }] });
    const sides = ['--from', 'a.json', '--to', 'b.json', '--direction', 'input'];
    expect((await contracts(['diff', ...sides])).stdout).toContain('breaking /0 [type]');
  });

  it('compares the snapshots with a commit and names the targets, in text and as annotations', async () => {
    expect((await contracts(['diff', '--base', 'HEAD'])).stdout).toBe('No contract changed.\n');
    const { document } = greenhouse;
    const configuration = {
      ...(document.configuration as object),
      properties: { minimum: { type: 'number', maximum: 20 } },
    };
    await workspace.write(
      snapshotOf('greenhouse'),
      snapshotText({ ...document, hash: 'changed', configuration }),
    );
    const { status, stdout, stderr } = await contracts(['diff', '--base', 'HEAD'], {
      GITHUB_ACTIONS: 'true',
    });
    expect(stdout).toContain('    morning-round › tropical › configuration.minimum');
    expect(stdout).not.toContain('› warm ›');
    expect(stdout).toContain('greenhouse-v2');
    expect(stderr).toMatch(/^::error file=libs\/contracts\/greenhouse\/src\/index\.ts,title=/);
    expect(status).toBe(1);
    await workspace.write(snapshotOf('greenhouse'), snapshotText(document));
  });

  it('says which base git does not know', async () => {
    const { status, stderr } = await contracts(['diff', '--base', 'nowhere']);
    expect(stderr).toContain('The base "nowhere" cannot be read');
    expect(status).toBe(2);
  });
});

describe('harmony contracts lint, and validate', () => {
  const definition = (path: string) =>
    `StartAt: Rest\nStates:\n  Rest:\n    Type: Wait\n    SecondsPath: ${path}\n    Next: Done\n  Done:\n    Type: Pass\n    Result: {}\n    End: true\n`;

  // Its mocks are of the states that the assembly has.
  let mocks = '';
  beforeAll(async () => {
    mocks = await readFile(join(workspace.root, 'apps/greenhouse/mocks.json'), 'utf8');
    await workspace.write('apps/greenhouse/mocks.json', {
      StateMachines: { greenhouse: { TestCases: { HappyPath: {} } } },
    });
  });
  afterAll(() => workspace.write('apps/greenhouse/mocks.json', mocks));

  it('names file, line and column of a field that the contract does not declare', async () => {
    await workspace.write(
      'apps/greenhouse/workflow.asl.yaml',
      definition('$.configuration.minimun'),
    );
    const { status, stdout } = await contracts(['lint', 'greenhouse']);
    expect(stdout).toContain(
      `apps/greenhouse/workflow.asl.yaml:5:5: error: /States/Rest/SecondsPath: $.configuration.minimun: "minimun" isn't a field`,
    );
    expect(stdout).toContain('did you mean minimum?');
    expect(status).toBe(1);
    const validated = await call(['validate', 'apps/greenhouse/workflow.asl.yaml'], {
      cwd: workspace.root,
    });
    expect(validated.stdout).toContain('(FIELD_UNDECLARED)');
    expect(validated.status).toBe(1);
  });

  it('passes a child that keeps its contract, warning of what is never read', async () => {
    await workspace.write(
      'apps/greenhouse/workflow.asl.yaml',
      definition('$.configuration.minimum'),
    );
    const { status, stdout } = await contracts(['lint', 'greenhouse']);
    expect(stdout).toContain(
      'warning: payload.site: is declared by the contract greenhouse, but no state reads it',
    );
    expect(stdout).toContain('1 child keeps its contract; 1 warning.');
    expect(status).toBe(0);
  });

  describe('of a child whose contract has no snapshot', () => {
    const snapshot = 'libs/contracts/lagoon/contract.json';
    const definitionFile = 'apps/lagoon/workflow.asl.yaml';
    beforeAll(async () => {
      await workspace.write('libs/contracts/lagoon/src/index.ts', 'export {};');
      await workspace.write(definitionFile, definition('$.configuration.minimum'));
    });
    afterAll(() => workspace.remove('libs/contracts/lagoon'));

    it.each([
      ['lint of it', ['contracts', 'lint', 'lagoon']],
      ['lint of all', ['contracts', 'lint']],
      ['validate', ['validate', definitionFile]],
    ])('%s says no, by name', async (_, args) => {
      const { status, stdout } = await call(args, { cwd: workspace.root });
      expect(stdout).toContain(`the contract of lagoon has no snapshot ${snapshot}`);
      expect(stdout).toContain('(SNAPSHOT_MISSING)');
      expect(stdout).toContain('Fix: npx harmony contracts snapshot lagoon');
      expect(status).toBe(1);
    });

    it('diff says no, by name', async () => {
      const { status, stdout } = await contracts(['diff', '--base', 'HEAD']);
      expect(stdout).toContain('lagoon: unknown (not compared');
      expect(stdout).toContain(`has no snapshot ${snapshot}`);
      expect(status).toBe(1);
    });

    it('a snapshot that cannot be read is told by its file, and nothing is said to be valid', async () => {
      await workspace.write(snapshot, '{ "name": "lagoon" }');
      for (const args of [
        ['contracts', 'lint', 'lagoon'],
        ['validate', definitionFile],
        ['contracts', 'diff', '--base', 'HEAD'],
      ]) {
        const { status, stdout, stderr } = await call(args, { cwd: workspace.root });
        expect(stderr).toContain(`${snapshot} isn't a contract snapshot`);
        expect([status, stdout]).toEqual([2, '']);
      }
    });
  });

  it('says that a child is not there', async () => {
    const { status, stderr } = await contracts(['lint', 'nobody']);
    expect(stderr).toContain('no child workflow nobody');
    expect(status).toBe(2);
  });
});

describe('harmony contracts fuzz', () => {
  it('prints the smallest input that fails, with its seed, and how to see it again', async () => {
    const { status, stdout } = await contracts(['fuzz', 'pond', '--runs', '3', '--seed', '5']);
    expect(stdout).toContain('an input that the contract refuses');
    expect(stdout).toMatch(/again: harmony contracts fuzz pond --runs 1 --seed \d/);
    expect(status).toBe(1);
  });

  it('lists the known children', async () => {
    const { status, stderr } = await contracts(['fuzz', 'nobody']);
    expect(stderr).toContain('it has: greenhouse, pond');
    expect(status).toBe(2);
  });
});

describe('harmony can-deploy', () => {
  // Records of a stage that is deployed for the first time.
  beforeAll(() => mkdir(join(workspace.root, 'records')));

  const canDeploy = (...args: readonly string[]) =>
    call(['can-deploy', ...args, '--stage', 'dev', '--records', 'records'], {
      cwd: workspace.root,
    });

  it('says what to deploy first, and passes once it is there', async () => {
    const before = await canDeploy('morning-round');
    expect(before.stdout).toContain(
      'morning-round › tropical › greenhouse › child: greenhouse is not deployed',
    );
    expect(before.stdout).toContain('1. Deploy greenhouse first');
    expect(before.status).toBe(1);
    for (const { name, document } of [greenhouse, pond]) {
      const schemas = { bucket: 'assets', key: `${name}.json` };
      await workspace.write(`records/dev/children/${name}.json`, {
        ...{
          kind: 'child',
          name,
          version: 1,
          hash: document.hash,
          stateMachineArn: 'arn',
          schemas,
        },
      });
      await workspace.write(`records/schemas/${name}.json`, document);
    }
    const after = await canDeploy('morning-round', '--json');
    expect(JSON.parse(after.stdout)).toMatchObject({ allowed: true, conflicts: [] });
    expect(after.status).toBe(0);
  });

  it('refuses a folder of records that is not there', async () => {
    const args = ['can-deploy', 'greenhouse', '--stage', 'dev', '--records', 'recrods'];
    const { status, stderr, stdout } = await call(args, { cwd: workspace.root });
    expect(stderr).toContain("recrods isn't a folder");
    expect([status, stdout]).toEqual([2, '']);
  });

  it('refuses a name that the stage does not have', async () => {
    const { status, stderr } = await canDeploy('nobody');
    expect(stderr).toContain('it has: greenhouse, pond, morning-round');
    expect(status).toBe(2);
  });
});
