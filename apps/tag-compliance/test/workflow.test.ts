import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { tagCompliance } from '@harmony/tag-compliance-contract';
import { type ChildRun, type ChildUnderTest, synthesiseChild } from '@harmony/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { TagCompliance } from '../src/index.ts';

// It has no types.
const require = createRequire(import.meta.url);
const S3rver = require('@20minutes/s3rver') as new (options: object) => {
  run(): Promise<{ readonly port: number }>;
  close(): Promise<void>;
};

const bucket = 'tag-compliance-123456789012';
const folder = 'reports/123456789012/run-1';
const input = {
  payload: { account: { id: '123456789012' } },
  configuration: {
    requiredTags: [
      { key: 'owner' },
      { key: 'environment', allowedValues: ['dev', 'staging', 'prod'] },
    ],
    bucket,
  },
};

describe('tag-compliance', () => {
  let child: ChildUnderTest;
  beforeAll(async () => {
    child = await synthesiseChild('tag-compliance', (stack, stage) => {
      new TagCompliance(stack, 'Workflow', { stage });
    });
    return () => child[Symbol.dispose]();
  });

  const run = (mocksCase: string, given: object = input) => child.run(mocksCase, given);
  const services = ({ calls }: ChildRun) => calls.map(({ service }) => service);
  const written = ({ calls }: ChildRun) =>
    calls
      .filter(({ service }) => service === 's3:putObject')
      .map(({ parameters }) => [parameters.Key, parameters.Body]);

  it('writes the violations of each page and an index', async () => {
    const result = await run('HappyPath');
    expect(result.output).toEqual({
      resourcesChecked: 7,
      resourcesInViolation: 3,
      violationPages: 2,
      bucket,
      indexKey: `${folder}/index.json`,
    });
    expect(() => tagCompliance.output.parse(result.output)).not.toThrow();
    expect(services(result)).toEqual([
      'resourcegroupstaggingapi:getResources',
      's3:putObject',
      'resourcegroupstaggingapi:getResources',
      'resourcegroupstaggingapi:getResources',
      's3:putObject',
      's3:putObject',
    ]);
    const ec2 = 'arn:aws:ec2:us-east-1:123456789012:';
    expect(written(result)).toEqual([
      [
        `${folder}/violations-0001.json`,
        {
          accountId: '123456789012',
          violations: [
            {
              arn: `${ec2}instance/i-0b2c3d4e5f6071829`,
              missing: [],
              wrong: [{ key: 'environment', value: 'production' }],
            },
            {
              arn: `${ec2}volume/vol-0123456789abcdef0`,
              missing: ['owner', 'environment'],
              wrong: [],
            },
          ],
        },
      ],
      [
        `${folder}/violations-0002.json`,
        {
          accountId: '123456789012',
          violations: [
            {
              arn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
              missing: ['owner'],
              wrong: [],
            },
          ],
        },
      ],
      [
        `${folder}/index.json`,
        {
          accountId: '123456789012',
          requiredTags: input.configuration.requiredTags,
          resourcesChecked: 7,
          resourcesInViolation: 3,
          pages: [`${folder}/violations-0001.json`, `${folder}/violations-0002.json`],
        },
      ],
    ]);
  });

  it('asks for the first page without a token and for the others with the last one', async () => {
    const { calls } = await run('HappyPath', {
      ...input,
      configuration: { ...input.configuration, resourceTypes: ['s3'], pageSize: 50 },
    });
    const pages = calls.filter(
      ({ service }) => service === 'resourcegroupstaggingapi:getResources',
    );
    expect(pages[0]?.parameters).toEqual({
      ResourcesPerPage: 50,
      ResourceTypeFilters: ['s3'],
      PaginationToken: '',
    });
    const tokens = pages.map(({ parameters }) => parameters.PaginationToken);
    expect(new Set(tokens).size).toBe(3);
  });

  it('writes only where the account owns the bucket', async () => {
    const { calls } = await run('HappyPath');
    expect(calls.at(-1)?.parameters).toMatchObject({
      Bucket: bucket,
      ExpectedBucketOwner: '123456789012',
      ContentType: 'application/json',
    });
  });

  it.each([
    ['NoViolations', 2],
    ['NoResources', 0],
  ])(
    'writes an index without pages when there is nothing to say: %s',
    async (mocksCase, checked) => {
      const result = await run(mocksCase);
      expect(result.output).toMatchObject({ resourcesChecked: checked, violationPages: 0 });
      expect(written(result)).toEqual([
        [`${folder}/index.json`, expect.objectContaining({ pages: [], resourcesChecked: checked })],
      ]);
    },
  );

  it('tries again when the API throttles and when S3 slows down', async () => {
    const { status, output, calls } = await run('ThrottledTwice');
    expect(status).toBe('SUCCEEDED');
    expect(output).toMatchObject({ resourcesChecked: 7, violationPages: 2 });
    expect(calls).toHaveLength(9);
  });

  it.each([
    ['a page is too large for Step Functions', 'TooLarge', 'TagPageTooLarge'],
    ['the violations of a page are too large', 'ViolationsTooLarge', 'TagPageTooLarge'],
    ['a token expires', 'TokenExpired', 'ResourceGroupsTaggingApi.PaginationTokenExpiredException'],
    ['the bucket refuses', 'AccessDenied', 'S3.S3Exception'],
  ])('fails by name when %s', async (_when, mocksCase, error) => {
    expect(await run(mocksCase)).toMatchObject({ status: 'FAILED', error });
  });

  it('ends by name before its pages fill the history of an execution', async () => {
    const { error, history, calls } = await run('TooManyPages');
    expect(error).toBe('TooManyTagPages');
    // Every page has a violation, so every page is also written.
    expect(calls).toHaveLength(2400);
    expect(history.length).toBeLessThan(25_000);
  });

  it('keeps counts and no page in its state', async () => {
    const { history } = await run('HappyPath');
    const loops = history.filter(
      ({ type, stateEnteredEventDetails }) =>
        type === 'TaskStateEntered' && stateEnteredEventDetails?.name === 'Get page',
    );
    expect(loops).toHaveLength(3);
    const inputs = loops.slice(1).map((event) => event.stateEnteredEventDetails?.input);
    expect(inputs).toEqual(['{}', '{"resourcesChecked":2,"violations":[]}']);
  });

  it('writes its report into a bucket of a real S3', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tag-compliance-'));
    const server = new S3rver({
      ...{ address: '127.0.0.1', port: 0, silent: true, directory },
      configureBuckets: [{ name: bucket }],
    });
    const endpoint = `http://127.0.0.1:${(await server.run()).port}`;
    const s3 = endpoint.replace('//', '//S3RVER:S3RVER@');
    expect(await child.run('HappyPath', input, { s3 })).toMatchObject({ status: 'SUCCEEDED' });
    const client = new S3Client({
      ...{ endpoint, region: 'us-east-1', forcePathStyle: true },
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    });
    const key = { Bucket: bucket, Key: `${folder}/index.json` };
    const { Body, ContentType } = await client.send(new GetObjectCommand(key));
    expect(ContentType).toBe('application/json');
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({
      resourcesChecked: 7,
      pages: [`${folder}/violations-0001.json`, `${folder}/violations-0002.json`],
    });
    client.destroy();
    await server.close();
    await rm(directory, { recursive: true });
    const gone = await child.run('HappyPath', input, { s3 });
    expect(gone).toMatchObject({ status: 'FAILED', error: 'Harmony.EndpointUnreachable' });
  });

  it('refuses wrong input before anything is called, and does not try again', async () => {
    const { error, cause, calls, history } = await run('HappyPath', {
      ...input,
      configuration: { ...input.configuration, requiredTags: [] },
    });
    expect({ error, calls }).toEqual({ error: 'ContractViolation', calls: [] });
    expect(cause).toContain('configuration.requiredTags');
    expect(history.filter(({ type }) => type === 'TaskScheduled')).toHaveLength(1);
  });

  it('may do what its integrations need and nothing else', () => {
    const own = (child.stage.stateMachines[0]?.policies ?? [])
      .map(({ actions, resources }) => [...actions, ...resources])
      // Every state machine of ours logs, traces and invokes its own functions.
      .filter(([action]) => !/^(lambda|logs|xray):/.test(action ?? ''));
    expect(own).toEqual([
      ['tag:GetResources', '*'],
      ['s3:PutObject', 'arn:aws:s3:::tag-compliance-*/*'],
    ]);
  });

  it('was run through every state, rule and catcher', () => {
    expect(child.unreached('state', 'rule', 'catcher', 'branch')).toEqual([]);
  });
});
