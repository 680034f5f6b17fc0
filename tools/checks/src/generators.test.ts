import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  childWorkflowGenerator,
  handlerGenerator,
  idProblem,
  nameProblem,
  orchestrationGenerator,
  removeChildGenerator,
  targetGenerator,
} from '@harmony/nx-plugin/generators';
import { generate, type WorkspaceCopy } from '@harmony/nx-plugin/testing';
import { copyExample } from './example.ts';

let workspace: WorkspaceCopy;

beforeAll(async () => {
  workspace = await copyExample();
});
afterAll(() => workspace[Symbol.asyncDispose]());

const read = (file: string) => readFile(join(workspace.root, file), 'utf8');

/** Files that differ from the last commit. */
async function changed(): Promise<readonly string[]> {
  const { stdout } = await workspace.exec('git', [
    'status',
    '--porcelain',
    '--untracked-files=all',
  ]);
  return stdout
    .split('\n')
    .map((line) => line.slice(3))
    .filter((file) => file !== '');
}

/** `nx g`, as a person types it, with the answers given. */
const nxGenerate = (name: string, ...args: string[]) =>
  workspace.exec('nx', ['g', `@harmony/nx-plugin:${name}`, ...args, '--no-interactive']);

/** Calls nothing but functions, so that its role needs nothing that a person must say. */
const foreign = {
  TimeoutSeconds: 120,
  StartAt: 'Price',
  States: {
    Price: {
      ...{ Type: 'Task', Resource: '${PriceFunctionArn}', Next: 'Large?' },
      ...{ InputPath: '$.order', ResultPath: '$.priced' },
    },
    'Large?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.order.total', NumericGreaterThan: 0, Next: 'Notify' }],
      Default: 'Done',
    },
    Notify: {
      ...{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Next: 'Done' },
      Parameters: {
        FunctionName: '${notify_customer}:$LATEST',
        Payload: { 'to.$': '$.customer.email' },
      },
      ResultPath: null,
    },
    Done: { Type: 'Succeed' },
    // Left out where the definition is to be right.
    Broken: { Type: 'Wait', Seconds: '$PAUSE' },
  },
};

const child = (name: string, queryLanguage: 'jsonata' | 'jsonpath', handlers: string) =>
  generate(workspace, childWorkflowGenerator, { name, queryLanguage, handlers });

/** Vitest's, in Jest's format. */
interface TestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

// In this order, on one workspace: each test starts from what the one before it left.
describe('a workspace, generated into', () => {
  it('shows what a child workflow would be, and writes nothing', async () => {
    const { status, stdout } = await nxGenerate('child-workflow', 'key-rotation', '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain('CREATE apps/key-rotation/workflow.asl.yaml');
    expect(await changed()).toEqual([]);
  });

  it('gets a child workflow: its folder, contract, stack and owner', async () => {
    const { status, stderr } = await nxGenerate(
      'child-workflow',
      'key-rotation',
      '--handlers=find-aliases,order-aliases',
      '--team=@acme/security',
      '--skip-install',
    );
    expect(stderr).not.toContain('NX ');
    expect(status).toBe(0);
    await workspace.link();
    const files = await changed();
    expect(files).toEqual(
      expect.arrayContaining([
        '.github/CODEOWNERS',
        'apps/key-rotation/mocks.json',
        'apps/key-rotation/src/handlers/check-input.ts',
        'apps/key-rotation/src/handlers/order-aliases.ts',
        'apps/key-rotation/src/workflow.ts',
        'apps/key-rotation/test/workflow.test.ts',
        'apps/key-rotation/workflow.asl.yaml',
        'infra/src/stacks/key-rotation.ts',
        'libs/contracts/key-rotation/src/index.ts',
      ]),
    );
    // Not yet a target.
    expect(files.filter((file) => file.includes('orchestrations'))).toEqual([]);
  });

  it('gets one in JSONPath, and a handler more in both', async () => {
    await child('login-review', 'jsonpath', 'find-aliases');
    for (const name of ['key-rotation', 'login-review']) {
      const files = await generate(workspace, handlerGenerator, { child: name, name: 'find-more' });
      expect(files).toContain(`apps/${name}/workflow.asl.yaml`);
    }
  });

  it("gets children without the example's content, in both languages", async () => {
    const blank = (name: string, options: object) =>
      generate(workspace, childWorkflowGenerator, { name, empty: true, ...options });
    await expect(blank('blank', { handlers: 'find-aliases,find-more' })).rejects.toMatchObject({
      code: 'HANDLERS_OF_EMPTY',
      message: expect.stringContaining('nx-plugin:handler blank find-aliases') as string,
    });
    // As Nx gives it where nobody said anything.
    const files = await blank('blank', { handlers: 'find-aliases' });
    expect(files.filter((file) => file.startsWith('apps/blank/src/'))).toEqual([
      'apps/blank/src/handlers/check-input.ts',
      'apps/blank/src/index.ts',
      'apps/blank/src/workflow.ts',
    ]);
    await blank('blank-path', { queryLanguage: 'jsonpath' });
    for (const file of files) expect(await read(file)).not.toMatch(/alias|prefix|iam/i);
  });

  it('gets a child from a definition that somebody else wrote', async () => {
    const from = join(workspace.root, '../orders.asl.json');
    await writeFile(from, JSON.stringify(foreign).replace('"$PAUSE"', '${pause}'));
    const broken = { name: 'order-intake', from };
    await expect(generate(workspace, childWorkflowGenerator, broken)).rejects.toThrow(
      /Step Functions would refuse .*orders\.asl\.json:\n.*orders\.asl\.json:1:\d+: /,
    );
    expect((await changed()).filter((file) => file.includes('order-intake'))).toEqual([]);
    const { Broken: _, ...States } = foreign.States;
    await writeFile(from, JSON.stringify({ ...foreign, States }));
    const { status, stdout, stderr } = await nxGenerate(
      'child-workflow',
      'order-intake',
      '--from=../orders.asl.json',
      '--skip-install',
    );
    expect(status, stderr + stdout).toBe(0);
    expect(stdout).toContain('- Bring the code of `${notify_customer}` to');
    await workspace.link();
    const files = (await changed()).filter((file) => file.includes('order-intake'));
    expect(files).toEqual(
      expect.arrayContaining([
        'apps/order-intake/src/handlers/notify-customer.ts',
        'apps/order-intake/src/handlers/price.ts',
        'apps/order-intake/workflow.asl.json',
      ]),
    );
    expect(files).not.toContain('apps/order-intake/workflow.asl.yaml');
    expect(await read('apps/order-intake/README.md')).toContain(
      '## Left to do\n\n- Bring the code',
    );
    expect(await read('libs/contracts/order-intake/src/index.ts')).toContain(
      'order: z.looseObject({\n      total: z.number(),',
    );
  });

  it('gets a target with what the contract requires, and the rest of the file as it was', async () => {
    const file = 'infra/src/orchestrations/account-review.ts';
    const before = (await read(file)).split('\n');
    const target = { orchestration: 'account-review', child: 'key-rotation', id: 'keys' };
    expect(await generate(workspace, targetGenerator, target)).toEqual([file]);
    const after = (await read(file)).split('\n');
    expect(before.filter((line) => !after.includes(line))).toEqual([]);
    expect(after.filter((line) => !before.includes(line)).join('\n')).toBe(
      [
        `import { keyRotation } from '@harmony/key-rotation-contract';`,
        '    target(keyRotation, {',
        `      id: 'keys',`,
        `      configuration: { prefix: 'shop-' },`,
        '    }),',
      ].join('\n'),
    );
    // The same child again needs no other import.
    await generate(workspace, targetGenerator, { ...target, id: 'keys-of-shop' });
    const twice = await read(file);
    expect(twice.match(/import \{ keyRotation \}/g)).toHaveLength(1);
    expect(twice).toMatch(/target\(keyRotation, \{\n {6}id: 'keys-of-shop',/);
  });

  it('gets an orchestration over children that read different payloads', async () => {
    const files = await generate(workspace, orchestrationGenerator, {
      name: 'weekly-review',
      children: 'login-review,billing-alerts,tag-compliance',
    });
    expect(files).toEqual([
      'infra/examples/weekly-review.json',
      'infra/src/orchestrations/weekly-review.ts',
      'infra/src/stacks/weekly-review.ts',
    ]);
  });

  it('does nothing twice: the second time changes nothing, or says why not', async () => {
    await workspace.commit('Generated');
    const target = { orchestration: 'account-review', child: 'key-rotation', id: 'keys' };
    expect(await generate(workspace, targetGenerator, target)).toEqual([]);
    const refused = [
      child('key-rotation', 'jsonata', ''),
      generate(workspace, childWorkflowGenerator, {
        name: 'order-intake',
        from: '../orders.asl.json',
      }),
      generate(workspace, handlerGenerator, { child: 'key-rotation', name: 'find-more' }),
      generate(workspace, orchestrationGenerator, {
        name: 'weekly-review',
        children: 'key-rotation',
      }),
      generate(workspace, targetGenerator, { ...target, child: 'login-review' }),
    ];
    for (const result of await Promise.allSettled(refused)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'NAME_TAKEN' } });
    }
    const { status, stdout, stderr } = await nxGenerate('child-workflow', 'key-rotation');
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('apps/key-rotation already exists');
    expect(await changed()).toEqual([]);
  });

  it('refuses what would not work, with the reason', async () => {
    const target = { orchestration: 'account-review', child: 'key-rotation', id: 'more' };
    await expect(
      generate(workspace, removeChildGenerator, { name: 'key-rotation' }),
    ).rejects.toThrow(
      'key-rotation is started by the targets keys of account-review, keys-of-shop of account-review',
    );
    const wrong = [
      [child('Key-Rotation2', 'jsonata', ''), 'lower case'],
      [child('key_rotation', 'jsonata', ''), 'letters, digits and "-"'],
      [child('new', 'jsonata', ''), 'would be new in TypeScript'],
      [child('engine', 'jsonata', ''), 'there is already a package engine'],
      [child('weekly-review', 'jsonata', ''), 'a stack of that name'],
      [generate(workspace, targetGenerator, { ...target, child: 'nope' }), 'Known: billing-alerts'],
      [
        generate(workspace, targetGenerator, { ...target, orchestration: 'nope' }),
        'Known: account-review, nightly, weekly-review',
      ],
      [generate(workspace, targetGenerator, { ...target, id: 'a b' }), '--id "a b"'],
      [generate(workspace, removeChildGenerator, { name: 'nope' }), 'Known: billing-alerts'],
    ] as const;
    for (const [result, message] of wrong) await expect(result).rejects.toThrow(message);
    expect(await changed()).toEqual([]);
  });

  it('refuses a target whose child reads what the orchestration’s payload has not', async () => {
    const contract = 'libs/contracts/login-review/src/index.ts';
    const text = await read(contract);
    const needs = text
      .replace('payload: z.object({', 'payload: z.object({ region: z.string(),')
      .replace('payload: { account:', "payload: { region: 'eu', account:");
    await writeFile(join(workspace.root, contract), needs);
    const target = { orchestration: 'account-review', child: 'login-review', id: 'logins' };
    await expect(generate(workspace, targetGenerator, target)).rejects.toMatchObject({
      code: 'TARGET_REFUSED',
      message: expect.stringContaining('region'),
    });
    await writeFile(join(workspace.root, contract), text);
  });

  it(
    'passes every check with what was generated',
    async () => {
      const children = ['key-rotation', 'login-review', 'blank', 'order-intake'];
      const contracts = children.map((name) => `${name}-contract`);
      const run = async (targets: string, projects: readonly string[]) => {
        const args = ['run-many', `--targets=${targets}`, `--projects=${projects.join(',')}`];
        const { status, stdout } = await workspace.exec('nx', args);
        expect(status === 0 ? '' : stdout).toBe('');
      };
      const generated = [...children, ...contracts];
      await run('format,lint,typecheck,build,validate,synth,contract', [...generated, 'infra']);
      await run('test', generated);
      // Those of the app that look at its assembly; the others bring fixtures of their own.
      const { status, stdout } = await workspace.exec('vitest', [
        'run',
        '--root=infra',
        ...['assembly', 'cloudformation', 'permissions', 'snapshots'].map(
          (name) => `infra/test/${name}.test.ts`,
        ),
      ]);
      expect(status === 0 ? '' : stdout).toBe('');
      const report = JSON.parse(await read('infra/.harmony/tests.json')) as TestReport;
      const passed = report.testResults.flatMap(({ assertionResults }) => assertionResults);
      for (const name of children) {
        const stack = name.replace('-', '');
        expect(passed).toContainEqual(
          expect.objectContaining({
            fullName: expect.stringMatching(
              `resource schemas accept assembly-prod/prod${stack}.*template.json`,
            ) as string,
            status: 'passed',
          }),
        );
      }
    },
    5 * 60_000,
  );

  it('runs a child while another one is broken', async () => {
    const broken = 'apps/login-review/workflow.asl.yaml';
    const whole = await read(broken);
    await writeFile(join(workspace.root, broken), 'StartAt: [');
    const args = ['run', 'key-rotation:run', '--stage=prod', '--json'];
    const { status, stdout } = await workspace.exec('nx', args);
    await writeFile(join(workspace.root, broken), whole);
    expect(status === 0 ? '' : stdout).toBe('');
    expect(stdout).toContain('"status": "SUCCEEDED"');
  });

  it('runs what was generated', async () => {
    const run = async (name: string) => {
      const { stdout } = await workspace.exec('harmony', ['run', name, '--stage=prod', '--json']);
      return JSON.parse(stdout) as { status: string; output: unknown; outcomes?: unknown };
    };
    for (const name of ['key-rotation', 'login-review']) {
      expect(await run(name)).toMatchObject({
        status: 'SUCCEEDED',
        output: { accountId: '123456789012', aliases: ['shop-prod'] },
      });
    }
    for (const name of ['blank', 'blank-path']) {
      expect(await run(name)).toMatchObject({ status: 'SUCCEEDED', output: {} });
    }
    expect(await run('order-intake')).toMatchObject({
      status: 'SUCCEEDED',
      output: { order: { total: 1 }, customer: { email: 'text' }, priced: {} },
    });
    const succeeded = (id: string) => expect.objectContaining({ id, status: 'SUCCEEDED' });
    const review = await run('account-review');
    expect(review.outcomes).toEqual(
      expect.arrayContaining([succeeded('keys'), succeeded('keys-of-shop')]),
    );
    const weekly = await run('weekly-review');
    expect(weekly.outcomes).toEqual([
      succeeded('login-review'),
      succeeded('billing-alerts'),
      succeeded('tag-compliance'),
    ]);
  });

  it('is as it was before, once a child is made and removed', async () => {
    await workspace.commit('Before');
    await child('short-lived', 'jsonata', '');
    expect(await changed()).not.toEqual([]);
    await generate(workspace, removeChildGenerator, { name: 'short-lived' });
    expect(await changed()).toEqual([]);
  });
});

describe('the rules for names', () => {
  it('are those of contracts and orchestrations', async () => {
    const names = ['a', 'A', 'a-b', 'a--b', 'a_b', '-a', '1a', 'a1', 'ä', '', 'a b', 'a.b'];
    names.push('x'.repeat(63), 'x'.repeat(64), 'x'.repeat(80), 'x'.repeat(81));
    const { stdout } = await workspace.exec('node', [
      '--input-type=module',
      '--eval',
      `import { checkId, checkName } from '@harmony/contract';
       const ok = (check) => ${JSON.stringify(names)}.filter((name) => check(name).length === 0);
       console.log(JSON.stringify({ names: ok(checkName), ids: ok(checkId) }));`,
    ]);
    expect({
      names: names.filter((name) => nameProblem(name) === undefined),
      ids: names.filter((name) => idProblem(name) === undefined),
    }).toEqual(JSON.parse(stdout));
  });
});
