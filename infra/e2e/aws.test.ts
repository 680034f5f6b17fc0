import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployStage, type FakeAws, startFakeAws } from '@harmony/fake-aws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, harmony, WORKSPACE } from './harmony.ts';

// The bundle, as it is shipped, against the double of AWS that tools/fake-aws/README.md describes: run
// from sources, these commands never met what a bundler does to the SDK.

let aws: FakeAws;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'harmony-aws-'));
  aws = await startFakeAws();
  deployStage(aws.account, join(WORKSPACE, 'infra', 'cdk.out'), 'prod');
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await aws[Symbol.asyncDispose]();
});

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
