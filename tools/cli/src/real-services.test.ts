import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from './testing/bundle.ts';
import type { Bundle, Ended } from './testing/bundle.ts';
import { realServices } from './testing/real-services.ts';
import type { RealServices } from './testing/real-services.ts';

const project = join(import.meta.dirname, '../../..');

let shipped: Bundle;
let services: RealServices;
let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'harmony-services-'));
  [shipped, services] = await Promise.all([bundle(), realServices()]);
  await symlink(join(project, 'node_modules'), join(cwd, 'node_modules'));
});
afterAll(async () => {
  await Promise.all([shipped, services].map((used) => used[Symbol.asyncDispose]()));
  await rm(cwd, { recursive: true });
});

type States = Record<string, Record<string, unknown>>;

/** A file of a state machine that runs these in their order; each answers under its own name. */
async function define(name: string, states: States, where = cwd): Promise<void> {
  const names = Object.keys(states);
  const chained = names.map((state, index) => {
    const next = names[index + 1];
    const Output = `{% $merge([$states.input, { '${state}': $states.result }]) %}`;
    const Catch = [
      { ErrorEquals: ['States.ALL'], Next: 'Failed', Output: '{% $states.errorOutput %}' },
    ];
    return [
      state,
      {
        ...{
          Type: 'Task',
          Output,
          Catch,
          ...(next === undefined ? { End: true } : { Next: next }),
        },
        ...states[state],
        Resource: `arn:aws:states:::${String(states[state]?.['Resource'])}`,
      },
    ] as const;
  });
  const all = { ...Object.fromEntries(chained), Failed: { Type: 'Succeed' } };
  const definition = { QueryLanguage: 'JSONata', StartAt: names[0], States: all };
  await writeFile(join(where, name), JSON.stringify(definition));
}

const harmony = (args: readonly string[], env: Record<string, string> = {}, where = cwd) =>
  shipped.start(args, { cwd: where, env }).ended;

function output({ stdout, stderr }: Ended): Record<string, Record<string, unknown>> {
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { output: Record<string, Record<string, unknown>> }).output;
}

const TABLE = {
  TableName: 'articles',
  AttributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
  ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: '2' },
};
const KEY = { TableName: 'articles', Key: { Id: { S: 'lamp' } } };
const ITEM = {
  Id: { S: 'lamp' },
  Price: { N: '12.50' },
  Sold: { BOOL: true },
  Photo: { B: 'AP/+' },
};

describe('harmony run --aws-endpoint, from the bundle', () => {
  it('as docs/mocks.md has it calls DynamoDB, and leaves the others to their mocks', async () => {
    await define('orders.asl.json', {
      Create: { Resource: 'aws-sdk:dynamodb:createTable', Arguments: TABLE },
      Put: { Resource: 'dynamodb:putItem', Arguments: { TableName: 'articles', Item: ITEM } },
      Get: { Resource: 'dynamodb:getItem', Arguments: KEY },
      Api: { Resource: 'aws-sdk:dynamodb:getItem', Arguments: KEY },
      Tell: { Resource: 'sns:publish', Arguments: { TopicArn: 'arn', Message: 'sold' } },
    });
    const mocks = {
      StateMachines: { orders: { TestCases: { HappyPath: { Tell: 'Told', Get: 'Told' } } } },
      MockedResponses: { Told: { '0-9': { Return: { MessageId: 'mocked' } } } },
    };
    await writeFile(join(cwd, 'orders.mocks.json'), JSON.stringify(mocks));
    const text = await readFile(join(project, 'docs/mocks.md'), 'utf8');
    const [, command = ''] = /^(npx harmony run .*--aws-endpoint.*)$/m.exec(text) ?? [];
    const args = command.replace('http://localhost:8000', services.dynamodb).split(' ').slice(2);
    const ran = await harmony([...args, '--json']);
    expect(ran.stderr).toBe(
      `harmony: calls of dynamodb go to ${new URL(services.dynamodb).host}, not to mocks.\n`,
    );
    const { Create, Put, Get, Api, Tell } = output(ran);
    expect(Create?.['TableDescription']).toMatchObject({
      TableName: 'articles',
      CreationDateTime: expect.stringMatching(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
      ) as string,
      ProvisionedThroughput: { WriteCapacityUnits: 2 },
    });
    expect(Put).toMatchObject({ SdkHttpMetadata: { HttpStatusCode: 200 } });
    expect(Get?.['Item']).toEqual({ ...ITEM, Price: { N: '12.5' } });
    expect(Api).toEqual({
      Item: { ...ITEM, Price: { N: '12.5' }, Sold: { Bool: true } },
    });
    expect(Tell).toEqual({ MessageId: 'mocked' });
  });

  it('gives bodies as texts, and errors by the names of Step Functions', async () => {
    const missing = { Bucket: 'photos', Key: 'none' };
    await define('photos.asl.json', {
      Put: {
        Resource: 'aws-sdk:s3:putObject',
        Arguments: { Bucket: 'photos', Key: 'a.json', Body: { straße: 1 } },
      },
      Get: { Resource: 'aws-sdk:s3:getObject', Arguments: { Bucket: 'photos', Key: 'a.json' } },
      Miss: { Resource: 'aws-sdk:s3:getObject', Arguments: missing },
    });
    await define('table.asl.json', {
      Miss: { Resource: 'aws-sdk:dynamodb:describeTable', Arguments: { TableName: 'none' } },
    });
    await define('optimised.asl.json', {
      Bad: { Resource: 'dynamodb:getItem', Arguments: { ...KEY, Key: { Nope: { S: 'lamp' } } } },
    });
    await define('member.asl.json', {
      Bad: { Resource: 'dynamodb:getItem', Arguments: { ...KEY, TablName: 'x' } },
    });
    const endpoints = [services.dynamodb, services.s3];
    await writeFile(
      join(cwd, 'harmony.json'),
      JSON.stringify({ awsEndpoints: { '*': endpoints[0], s3: endpoints[1] } }),
    );
    const run = async (file: string) => output(await harmony(['run', file, '--json']));
    expect(await run('photos.asl.json')).toMatchObject({ Error: 'S3.NoSuchKeyException' });
    expect(await run('table.asl.json')).toMatchObject({
      Error: 'DynamoDb.ResourceNotFoundException',
      Cause: expect.stringMatching(
        /none not found \(Service: DynamoDb, Status Code: 400, /,
      ) as string,
    });
    expect(await run('optimised.asl.json')).toMatchObject({
      Error: 'DynamoDB.AmazonDynamoDBException',
    });
    const { stdout, status } = await harmony(['run', 'member.asl.json', '--json']);
    expect([status, stdout]).toEqual([1, expect.stringContaining('no member TablName') as string]);
    await define('body.asl.json', {
      Get: { Resource: 'aws-sdk:s3:getObject', Arguments: { Bucket: 'photos', Key: 'a.json' } },
    });
    const { Get } = await run('body.asl.json');
    expect(Get).toMatchObject({ Body: '{"straße":1}', ContentLength: 13, ETag: /./ });
    await rm(join(cwd, 'harmony.json'));
  });

  it('go nowhere but to the endpoint, with dummies whatever this machine has', async () => {
    const heard: string[] = [];
    await using server = Object.assign(
      createServer(({ headers, url }, response) => {
        heard.push(`${headers.host} ${url} ${headers.authorization}`);
        response.end('{}');
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await define('stealthy.asl.json', {
      Ask: { Resource: 'aws-sdk:dynamodb:listTables', Arguments: {} },
      Purge: {
        Resource: 'aws-sdk:sqs:purgeQueue',
        Arguments: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q' },
      },
    });
    const credentials =
      '[default]\naws_access_key_id = DEVELOPER\naws_secret_access_key = s3cret\n';
    await mkdir(join(cwd, '.aws'));
    await writeFile(join(cwd, '.aws/credentials'), credentials);
    const ran = await harmony(
      ['run', 'stealthy.asl.json', '--json', '--aws-endpoint', `http://${host}`],
      {
        ...{ HOME: cwd, AWS_ACCESS_KEY_ID: 'DEVELOPER', AWS_SECRET_ACCESS_KEY: 's3cret' },
        ...{ AWS_SESSION_TOKEN: 'DEVELOPER', AWS_PROFILE: 'default' },
      },
    );
    expect(output(ran)).toEqual({ Ask: {}, Purge: {} });
    expect(heard).toHaveLength(2);
    for (const call of heard) {
      expect(call).toMatch(new RegExp(`^${host} / AWS4-HMAC-SHA256 Credential=test/`));
    }
  });

  it('fails a run whose service does not answer, whatever it catches', async () => {
    await define('down.asl.json', {
      Ask: { Resource: 'aws-sdk:dynamodb:listTables', Arguments: {} },
    });
    const closed = 'dynamodb=http://127.0.0.1:9';
    const { status, stdout } = await harmony(['run', 'down.asl.json', '--aws-endpoint', closed]);
    expect(status).toBe(1);
    expect(stdout).toContain('Harmony.EndpointUnreachable');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Nothing answers at http://127.0.0.1:9/');
  });

  it.each([
    ['dynamodb=localhost:8000', /the endpoint of dynamodb, "localhost:8000", is no URL like/],
    ['dynamodb=http://10.0.0.7:8000', /not on this machine.* with --allow-remote-endpoint/],
    ['s3=http://AKIAABCDEFGHIJKLMNOP:x@localhost', /the key of a real AWS account/],
    ['dynamdb=http://localhost:8000', /AWS has no service dynamdb: did you mean dynamodb\?/],
    ['kms=http://localhost:8000', /: npm install --save-dev @aws-sdk\/client-kms\n$/],
    ['http://localhost:8000', /: npm install --save-dev @aws-sdk\/client-batch\n$/],
  ])('%s is refused before anything runs', async (endpoint, message) => {
    await define('refused.asl.json', {
      Work: { Resource: 'batch:submitJob', Arguments: { JobName: 'a', JobQueue: 'b' } },
    });
    const ran = await harmony(['run', 'refused.asl.json', '--aws-endpoint', endpoint]);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['[]', 'must be like'],
    ['{ "awsEndpoints": { "s3": 1 } }', 'must be like'],
    ['{ "awsEndpoint": {} }', 'without "awsEndpoint"'],
    ['{ "awsEndpoints": ', 'harmony.json:1:'],
  ])('a harmony.json that is %s is refused', async (text, message) => {
    await writeFile(join(cwd, 'harmony.json'), text);
    const ran = await harmony(['run', 'down.asl.json']);
    await rm(join(cwd, 'harmony.json'));
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
  });
});
