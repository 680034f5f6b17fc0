import { type AwsContent, type FakeAws, startFakeAws } from '@harmony/fake-aws';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Deployment, type DeploymentLog, logged } from './deployment-log.ts';
import { stageInAws } from './stage-account.ts';

/** The double of tools/fake-aws, as this process's AWS. */
async function awsHolding(content: AwsContent): Promise<FakeAws> {
  const aws = await startFakeAws(content);
  for (const [name, value] of Object.entries(aws.env)) vi.stubEnv(name, value);
  return aws;
}
afterEach(() => vi.unstubAllEnvs());

const prod = stageInAws('prod');
const names = new Map(['audit', 'billing', 'tags'].map((name) => [name, `prod-${name}`]));

const deployment = (commit: string, outcome: Deployment['outcome']): Deployment => ({
  ...{ commit, modified: false, at: '2026-01-31T08:00:00.000Z', by: 'ana', outcome },
});

describe('what a stage runs', () => {
  it('is what CloudFormation has of its stacks, and of those that only have a record left', async () => {
    await using _aws = await awsHolding({
      parameters: { '/harmony/prod/children/old': '{}', '/harmony/prod/deployment': '{}' },
      stacks: {
        'prod-audit': { template: '{"Resources":{}}', status: 'UPDATE_COMPLETE', tags: { a: 'b' } },
        'prod-billing': {
          template: '{}',
          status: 'ROLLBACK_COMPLETE',
          terminationProtection: true,
        },
        'prod-old': { template: 'Resources: {}', status: 'CREATE_COMPLETE' },
        'other-audit': { template: '{}', status: 'CREATE_COMPLETE' },
      },
    });
    expect(Object.fromEntries(await prod.stacks(names))).toEqual({
      audit: { template: { Resources: {} }, terminationProtection: false, tags: { a: 'b' } },
      billing: {
        ...{ template: {}, terminationProtection: true, tags: {}, unfinished: 'ROLLBACK_COMPLETE' },
      },
      old: { template: 'Resources: {}', terminationProtection: false, tags: {} },
    });
  });

  it.each(['DescribeStacks', 'GetTemplate', 'GetParametersByPath'])(
    'is not nothing when %s is refused',
    async (action) => {
      await using _aws = await awsHolding({
        stacks: { 'prod-audit': { template: '{}', status: 'CREATE_COMPLETE' } },
        denied: [action],
      });
      await expect(prod.stacks(names)).rejects.toMatchObject({
        code: 'AWS_UNREACHABLE',
        message: expect.stringContaining(action),
      });
    },
  );
});

describe('a stage that names its account', () => {
  const names = new Map([['audit', 'prod-audit']]);
  const log: DeploymentLog = { last: deployment('a', 'failed') };

  it('is asked with credentials of that account', async () => {
    await using aws = await awsHolding({});
    const { id: account, region } = aws.account;
    const own = stageInAws('prod', { account, region });
    expect(await own.log()).toBeUndefined();
    expect(await own.stacks(names)).toEqual(new Map());
    expect(aws.calls.filter(({ action }) => action === 'GetCallerIdentity')).toHaveLength(1);
  });

  it('is not asked, nor written to, with those of another, where it would be empty', async () => {
    await using aws = await awsHolding({});
    const other = stageInAws('prod', { account: '210987654321' });
    for (const call of [
      other.refuseOther(),
      other.stacks(names),
      other.log(),
      other.writeLog(log),
    ]) {
      await expect(call).rejects.toMatchObject({
        code: 'OTHER_ACCOUNT',
        message: expect.stringMatching(/prod goes to the account 210987654321.*of 123456789012/),
      });
    }
    expect(aws.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });

  it('is not asked where AWS does not say whose the credentials are', async () => {
    await using aws = await awsHolding({ denied: ['GetCallerIdentity'] });
    const own = stageInAws('prod', { account: aws.account.id });
    await expect(own.log()).rejects.toMatchObject({ code: 'AWS_UNREACHABLE' });
  });
});

describe('the log of a stage', () => {
  it('keeps the last deployment, and the last one that succeeded', async () => {
    await using _aws = await awsHolding({});
    expect(await prod.log()).toBeUndefined();
    let log: DeploymentLog | undefined;
    for (const [commit, outcome] of [
      ['a', 'failed'],
      ['b', 'succeeded'],
      ['c', 'failed'],
    ] as const) {
      log = logged(log, deployment(commit, outcome));
      await prod.writeLog(log);
    }
    expect(await prod.log()).toEqual({
      last: deployment('c', 'failed'),
      succeeded: deployment('b', 'succeeded'),
    });
  });

  it.each(['{', 'null', '[]', '{"last":{}}', '{"last":null}'])(
    '%s is refused by name',
    async (text) => {
      await using _aws = await awsHolding({ parameters: { '/harmony/prod/deployment': text } });
      await expect(prod.log()).rejects.toMatchObject({
        code: 'LOG_INVALID',
        message: expect.stringContaining('/harmony/prod/deployment'),
      });
    },
  );
});
