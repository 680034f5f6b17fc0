import { expect, it } from 'vitest';
import { startLocalSystem } from '../system.ts';
import { testFolder, testFunction } from '../testing/functions.ts';
import { testMachine, testStage } from '../testing/machines.ts';

it('lead handlers to them, too, with their keys or dummies', async () => {
  await using folder = await testFolder({
    'index.mjs': `export const handler = async () =>
      Object.fromEntries(Object.entries(process.env).filter(([name]) => /ENDPOINT_URL|KEY/.test(name)));`,
  });
  const fn = testFunction(folder.path, {
    environment: { AWS_ACCESS_KEY_ID: 'mine', AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:1' },
  });
  const definition = {
    StartAt: 'Look',
    States: { Look: { Type: 'Task', Resource: fn.arn, End: true } },
  };
  const run = async (awsEndpoints: Record<string, string>) => {
    await using system = await startLocalSystem({
      stage: testStage([testMachine({ name: 'look', definition })], [fn]),
      workspaceRoot: import.meta.dirname,
      awsEndpoints,
      allowRemoteEndpoints: true,
    });
    return (await system.run('look', {})).output;
  };
  const own = { AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:1' };
  expect(await run({})).toEqual(own);
  expect(await run({ s3: 'http://10.0.0.7:9000' })).toEqual({
    ...own,
    AWS_ENDPOINT_URL_S3: 'http://10.0.0.7:9000/',
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  });
  expect(await run({ '*': 'http://me:s%2Fcret@localhost' })).toEqual({
    ...own,
    AWS_ENDPOINT_URL: 'http://localhost/',
    ...{ AWS_ACCESS_KEY_ID: 'me', AWS_SECRET_ACCESS_KEY: 's/cret' },
  });
});
