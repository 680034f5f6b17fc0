import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployStage, type FakeAws, startFakeAws } from '@harmony/fake-aws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, harmony, harmonyAtTerminal, WORKSPACE } from './harmony.ts';

// The bundle, as it is shipped, against the double of AWS that tools/fake-aws/README.md describes: run
// from sources, these commands never met what a bundler does to the SDK.

let aws: FakeAws;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harmony-aws-'));
  aws = await startFakeAws({ parameters: BOOTSTRAPPED });
  deployStage(aws.account, ASSEMBLY, 'prod');
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await aws[Symbol.asyncDispose]();
});

const ASSEMBLY = join(WORKSPACE, 'infra', 'cdk.out');
/** What `cdk bootstrap` leaves behind. */
const BOOTSTRAPPED = { '/cdk-bootstrap/hnb659fds/version': '30' };
const RECORD = '/harmony/prod/children/billing-alerts';

describe('harmony can-deploy, bundled, against AWS', () => {
  const canDeploy = (name: string, env = aws.env): Promise<Ended> =>
    harmony(['can-deploy', name, '--stage', 'prod'], { env });

  it('lets go out what the stage runs already', async () => {
    for (const name of ['billing-alerts', 'account-review']) {
      const { status, stdout, stderr } = await canDeploy(name);
      expect(stderr).toBe('');
      expect(stdout).toContain(`${name} may be deployed to prod`);
      expect(status).toBe(0);
    }
    expect(new Set(aws.calls.map(({ service }) => service))).toEqual(
      new Set(['SSM', 'S3', 'StepFunctions']),
    );
  });

  it('asks for every workflow of a plan, in its order: the first deployment of a stage may go out', async () => {
    const plan = await harmony(['deploy-plan', '--all', '--stage', 'prod', '--json']);
    const file = join(folder, 'plan.json');
    writeFileSync(file, plan.stdout);
    await using empty = await startFakeAws();
    const ask = (...args: readonly string[]) =>
      harmony(['can-deploy', '--stage', 'prod', ...args], { env: empty.env });
    const { status, stdout } = await ask('--plan', file);
    expect(stdout).toContain('account-review may be deployed to prod');
    expect(status).toBe(0);
    // Alone it may not: the children aren't there.
    expect((await ask('account-review')).status).toBe(1);
    for (const text of [
      '',
      '{}',
      '{"stages":[]}',
      '{"stages":[{"stage":"prod","waves":[[null]]}]}',
    ]) {
      writeFileSync(file, text);
      const refused = await ask('--plan', file);
      expect(refused.stderr).toContain(`${file} isn't a plan of the stage prod`);
      expect(refused.status).toBe(2);
    }
  });

  it('refuses an orchestrator whose child is not there', async () => {
    aws.account.parameters.delete(RECORD);
    const { status, stdout } = await canDeploy('account-review');
    expect(stdout).toContain('billing-alerts is not deployed in prod');
    expect(status).toBe(1);
  });

  const record = {
    ...{ kind: 'child', name: 'billing-alerts', version: 1, hash: 'h', stateMachineArn: 'arn' },
    schemas: { bucket: 'b', key: 'k' },
  };
  it.each([
    ['is not JSON', '{'],
    ['is null', 'null'],
    ['is a list', '[]'],
    ['has a version that is no number', JSON.stringify({ ...record, version: '1' })],
    ['has no bucket', JSON.stringify({ ...record, schemas: { key: 'k' } })],
  ])('refuses to judge by a record that %s, by its name', async (_title, text) => {
    aws.account.parameters.set(RECORD, text);
    const { status, stderr } = await canDeploy('account-review');
    expect(stderr).toContain(RECORD);
    expect(stderr).not.toContain('fault of harmony');
    expect(status).toBe(2);
  });

  it('names the schemas that a record leads to and the bucket no longer has', async () => {
    const keys = [...aws.account.objects.keys()];
    for (const key of keys) aws.account.objects.delete(key);
    const { status, stderr } = await canDeploy('billing-alerts');
    expect(stderr).toMatch(/s3:\/\/\S+\.json \(\/harmony\/prod\/.*isn't there any more/);
    expect(status).toBe(2);
  });

  it('says so when AWS refuses it, or there is nobody to ask', async () => {
    await using denied = await startFakeAws({ denied: ['*'] });
    const refused = await canDeploy('account-review', denied.env);
    expect(refused.stderr).toMatch(/AccessDeniedException.*Check credentials/);
    expect(refused.status).toBe(2);
    const alone = await canDeploy('account-review', {
      ...aws.env,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    });
    expect(alone.stderr).toContain('What is deployed cannot be read from AWS');
    expect(alone.status).toBe(2);
  });
});

describe('harmony destroy, bundled, with the real cdk CLI', () => {
  const stack = 'prod-tag-compliance';
  const destroy = (...args: readonly string[]): Promise<Ended> =>
    harmony(['destroy', 'tag-compliance', '--stage', 'prod', ...args], { env: withCdk(aws.env) });
  const statusOf = (name: string) => aws.account.stacks.get(name)?.status;
  beforeEach(() => {
    for (const each of aws.account.stacks.values()) each.terminationProtection = false;
  });

  it('names what is lost and destroys nothing where nobody can be asked', async () => {
    const unprotected = unprotectedAssembly(folder);
    const { status, stdout, stderr } = await destroy('--assembly', unprotected);
    expect(stdout).toContain(`Destroying ${stack} loses:`);
    expect(stdout).toMatch(/AWS::StepFunctions::StateMachine \w+: the history of its executions/);
    expect(stdout).toContain('account-review starts it');
    expect(stderr).toContain('pass --yes');
    expect(status).toBe(2);
    expect(statusOf(stack)).toBe('CREATE_COMPLETE');
  });

  it('refuses a protected stack, whatever is said, with what to do', async () => {
    const found = aws.account.stacks.get(stack);
    if (found) found.terminationProtection = true;
    const { status, stderr } = await destroy('--yes', '--assembly', unprotectedAssembly(folder));
    expect(stderr).toMatch(/is protected.*\n.*set protect to false there, deploy that stack/);
    expect(status).toBe(1);
    expect(statusOf(stack)).toBe('CREATE_COMPLETE');
  });

  it('destroys with --yes, its executions stopped first where that is said', async () => {
    const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:prod-tag-compliance';
    const definition = '{"States":{"Cool down":{"Type":"Wait","Seconds":259200}}}';
    aws.account.definitions.set(machine, definition);
    aws.account.executions.push({
      ...{ executionArn: `${machine}:one`, stateMachineArn: machine, input: '{}', definition },
    });
    const unprotected = unprotectedAssembly(folder);
    const { status, stdout } = await destroy(
      '--yes',
      '--stop-executions',
      '--assembly',
      unprotected,
    );
    expect(stdout).toContain('1 execution is in flight (Cool down waits for 3 d 00 h)');
    expect(stdout).toContain('Stopped 1 execution.');
    expect(status).toBe(0);
    expect(statusOf(stack)).toBe('DELETE_COMPLETE');
    expect(aws.account.executions).toEqual([]);
  });

  it('asks at a terminal for the name, and destroys on that answer alone', async () => {
    const args = ['destroy', 'tag-compliance', '--stage', 'prod'];
    const assembly = ['--assembly', unprotectedAssembly(folder)];
    const ask = (answer: string) =>
      harmonyAtTerminal([...args, ...assembly], {
        env: withCdk(aws.env),
        answers: [[/Type prod-tag-compliance to destroy it: /, answer]],
      });
    for (const [answer, expected] of [
      ['y\n', 1],
      ['\u0004', 1],
      ['\u0003', 130],
    ] as const) {
      const { status, text } = await ask(answer);
      expect(text).not.toContain(`destroyed  ${stack}`);
      expect(status).toBe(expected);
      expect(statusOf(stack)).toBe('CREATE_COMPLETE');
    }
    const { status, text } = await ask(`${stack}\n`);
    expect(text).toContain(`destroyed  ${stack}`);
    expect(status).toBe(0);
    expect(statusOf(stack)).toBe('DELETE_COMPLETE');
  });

  it('destroys a stack that the assembly no longer has, and says when it stays', async () => {
    const old = aws.account.stacks.get(stack);
    if (old) aws.account.stacks.set('prod-old', { ...old, name: 'prod-old', id: `${old.id}-old` });
    const gone = (env = aws.env) =>
      harmony(['destroy', 'old', '--stage', 'prod', '--yes'], { env: withCdk(env) });
    const { status, stderr } = await gone();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(statusOf('prod-old')).toBe('DELETE_COMPLETE');
    expect(statusOf(stack)).toBe('CREATE_COMPLETE');
    const again = await gone();
    expect(again.stderr).toContain('there is no stack prod-old');
    expect(again.status).toBe(2);
  });
});

describe('harmony deploy, bundled, with the real cdk CLI', () => {
  const deploy = (...args: readonly string[]): Promise<Ended> =>
    harmony(['deploy', '--stage', 'prod', ...args], { env: withCdk(aws.env) });
  const log = () =>
    JSON.parse(aws.account.parameters.get('/harmony/prod/deployment') ?? '{}') as {
      readonly last: { readonly outcome: string };
      readonly succeeded?: { readonly commit: string };
    };

  it('deploys what differs from what the stage runs, once, and leaves a record', async () => {
    change('prod-tag-compliance');
    aws.account.stacks.delete('prod-account-review');
    const first = await deploy();
    expect(first.stdout).toContain('2 of');
    expect(first.stdout).toContain('added: the stack');
    expect(first.stdout).toMatch(
      /deployed +prod\/tag-compliance\n.*deployed +prod\/account-review/,
    );
    expect(first.status).toBe(0);
    expect(statusOfAll()).toEqual({ CREATE_COMPLETE: true, UPDATE_COMPLETE: true });
    expect(log().last.outcome).toBe('succeeded');

    const again = await deploy();
    expect(again.stdout).toContain('Nothing was deployed: prod runs this assembly already.');
    expect(again.status).toBe(0);
  });

  it('a stack that CloudFormation rolls back stays to be deployed; the base stays what succeeded', async () => {
    await using failing = await startFakeAws({
      ...{ parameters: BOOTSTRAPPED, failing: ['prod-tag-compliance'] },
    });
    deployStage(failing.account, ASSEMBLY, 'prod');
    failing.account.stacks.delete('prod-tag-compliance');
    aws = failing;
    const { status, stdout } = await deploy();
    expect(stdout).toMatch(/failed +prod\/tag-compliance/);
    expect(status).toBe(1);
    expect(log()).toMatchObject({ last: { outcome: 'failed' } });
    expect(log().succeeded).toBeUndefined();
    const plan = await harmony(['deploy-plan', '--deployed', '--stage', 'prod'], { env: aws.env });
    expect(plan.stdout).toContain('the stack, which is in ROLLBACK_COMPLETE');
  });

  it('goes back to an older commit only where that is said', async () => {
    change('prod-tag-compliance');
    const [head, parent] = commits();
    const record = { commit: head, modified: false, at: 'then', by: 'ci', outcome: 'succeeded' };
    aws.account.parameters.set(
      '/harmony/prod/deployment',
      JSON.stringify({ last: record, succeeded: record }),
    );
    const refused = await deploy('--commit', parent);
    expect(refused.stderr).toContain('which is newer than');
    expect(refused.status).toBe(1);
    expect(aws.calls.some(({ action }) => action === 'ExecuteChangeSet')).toBe(false);
    const all = await deploy('--commit', parent, '--all');
    expect(all.stderr).toContain('which is newer than');
    expect(all.status).toBe(1);
    // Somebody deployed what was never pushed.
    const foreign = { ...record, commit: '0123456789'.repeat(4) };
    aws.account.parameters.set(
      '/harmony/prod/deployment',
      JSON.stringify({ last: foreign, succeeded: foreign }),
    );
    const unknown = await deploy('--commit', parent);
    expect(unknown.stderr).toContain("prod runs 012345678901, and this clone can't tell");
    expect(unknown.status).toBe(1);
    expect(aws.calls.some(({ action }) => action === 'ExecuteChangeSet')).toBe(false);
    const back = await deploy('--commit', parent, '--rollback');
    expect(back.stdout).toMatch(/deployed +prod\/tag-compliance/);
    expect(back.status).toBe(0);
    expect(log().succeeded?.commit).toBe(parent);
  });

  it('does not take AWS that refuses for a stage that is empty', async () => {
    await using denied = await startFakeAws({ denied: ['DescribeStacks'] });
    const { status, stdout, stderr } = await harmony(['deploy', '--stage', 'prod'], {
      env: withCdk(denied.env),
    });
    expect(stdout).toBe('');
    expect(stderr).toContain("AWS doesn't say what is deployed");
    expect(status).toBe(2);
  });

  it.each(['deploy', 'deploy --all', 'deploy-plan --deployed', 'destroy tag-compliance --yes'])(
    'changes and reads nothing with credentials of another account: %s',
    async (command) => {
      const [name = '', ...args] = command.split(' ');
      const one = editedManifest(folder, (manifest) =>
        manifest.replaceAll(NOWHERE, 'aws://210987654321/us-east-1'),
      );
      const ask = (assembly: string) =>
        harmony([name, ...args, '--stage', 'prod', '--assembly', assembly], {
          env: withCdk(aws.env),
        });
      const { status, stderr } = await ask(one);
      expect(stderr).toContain('The stage prod goes to the account 210987654321');
      expect(status).toBe(2);
      expect(aws.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
      // Of several accounts none can be the right one.
      const several = editedManifest(folder, (manifest) =>
        manifest.replace(NOWHERE, 'aws://210987654321/us-east-1'),
      );
      const refused = await ask(several);
      expect(refused.stderr).toContain('the stacks of the stage prod go to several places');
      expect(refused.status).toBe(2);
      expect(aws.calls).toHaveLength(1);
    },
  );

  /** Another version of a stack than the assembly's is deployed. */
  function change(name: string): void {
    const stack = aws.account.stacks.get(name);
    if (stack) stack.template = stack.template.replace('"Description"', '"WasDescription"');
  }
  const statusOfAll = () =>
    Object.fromEntries([...aws.account.stacks.values()].map(({ status }) => [status, true]));
});

it('docs/deploying.md, as it is written: an empty account, the first deployment, and back', async () => {
  await using empty = await startFakeAws({ parameters: BOOTSTRAPPED });
  const page = readFileSync(join(WORKSPACE, 'docs', 'deploying.md'), 'utf8');
  const commands = Array.from(page.matchAll(/^```sh$([^]*?)^```$/gm), ([, block = '']) =>
    block.matchAll(/^npx harmony (.*?)(?: +#.*)?$/gm),
  ).flatMap((found) => Array.from(found, ([, command = '']) => command.split(' ')));
  expect(commands.map(([name]) => name)).toEqual(['deploy', 'destroy', 'destroy', 'destroy']);
  const [, stage = ''] = /--stage (\w+)/.exec(commands[0]?.join(' ') ?? '') ?? [];
  const stacks = () => [...empty.account.stacks.values()];
  for (const [name, ...args] of commands) {
    // Nobody is there to type the name.
    const yes = name === 'destroy' ? ['--yes'] : [];
    const { status, stdout, stderr } = await harmony([name ?? '', ...args, ...yes], {
      env: withCdk(empty.env),
    });
    expect(status === 0 ? '' : stdout + stderr).toBe('');
    if (name === 'deploy') {
      expect(stacks().length).toBeGreaterThan(3);
      expect(stacks().map((stack) => stack.status)).toEqual(stacks().map(() => 'CREATE_COMPLETE'));
      continue;
    }
    const gone = empty.account.stacks.get(`${stage}-${args[0]}`);
    expect(gone?.status).toBe('DELETE_COMPLETE');
  }
});

/** The newest commit of this repository, and its parent. */
function commits(): readonly [string, string] {
  const [head = '', parent = ''] = execFileSync(
    'git',
    ['rev-list', '-n', '2', '--first-parent', 'HEAD'],
    {
      cwd: WORKSPACE,
      encoding: 'utf8',
    },
  ).split('\n');
  return [head, parent];
}

/** `cdk` is found on the PATH, as npx and Nx put it there. */
function withCdk(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...env, PATH: `${join(WORKSPACE, 'node_modules', '.bin')}:${process.env.PATH}` };
}

/** What the manifest says of a stack whose stage has no env. */
const NOWHERE = 'aws://unknown-account/unknown-region';

/** The assembly, its stage prod without termination protection. */
function unprotectedAssembly(folder: string): string {
  return editedManifest(folder, (text) =>
    text.replaceAll('"terminationProtection": true', '"terminationProtection": false'),
  );
}

/** A copy of the assembly with another manifest of its stage prod. */
function editedManifest(folder: string, edit: (text: string) => string): string {
  const dir = join(folder, 'cdk.out');
  cpSync(ASSEMBLY, dir, { recursive: true });
  const manifest = join(dir, 'assembly-prod', 'manifest.json');
  writeFileSync(manifest, edit(readFileSync(manifest, 'utf8')));
  return dir;
}
