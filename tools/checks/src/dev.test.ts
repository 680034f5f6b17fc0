import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceCopy } from '@harmony/nx-plugin/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyExample, everything } from './example.ts';

let workspace: WorkspaceCopy;
beforeAll(async () => {
  workspace = await copyExample();
  await workspace.exec('nx', everything);
});
afterAll(() => workspace[Symbol.asyncDispose]());

const handler = 'apps/tag-compliance/src/handlers/check-input.ts';
const write = (text: string) => writeFile(join(workspace.root, handler), text);

it('harmony dev serves a handler’s change, and after a broken one what was there before', async () => {
  let output = '';
  let pid = 0;
  const ended = workspace.exec(
    'bash',
    ['-c', 'echo "process $$"; exec harmony dev --port 0 2>&1'],
    {},
    (text) => {
      output += text;
      pid = Number(/^process (\d+)$/m.exec(output)?.[1]);
    },
  );
  const says = (words: string) =>
    expect.poll(() => output, { timeout: 120_000, interval: 100 }).toContain(words);
  await says('endpoint-url');
  const url = /http:\S+/.exec(output)?.[0] ?? '';
  const call = async (operation: string, input: object) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `AWSStepFunctions.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return (await response.json()) as Record<string, string>;
  };
  const run = async () => {
    const { executionArn } = await call('StartExecution', {
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:dev-tag-compliance',
      input: await readFile(join(workspace.root, 'apps/tag-compliance/example.json'), 'utf8'),
    });
    const about = () => call('DescribeExecution', { executionArn });
    await expect.poll(async () => (await about()).status, { timeout: 20_000 }).not.toBe('RUNNING');
    return about();
  };
  try {
    expect(await run()).toMatchObject({ status: 'SUCCEEDED' });
    await write("export const handler = async () => { throw new Error('changed'); };\n");
    await says(`${handler} changed: its handlers are served after`);
    const changed = await run();
    expect(changed).toMatchObject({ status: 'FAILED' });
    expect(changed['cause']).toContain('changed');
    await says('the workspace is served after');
    await write('export const = ;\n');
    await says('The state machines from before are still served.');
    expect(output).toContain('check-input.ts:1:13');
    expect((await run())['cause']).toContain('changed');
  } finally {
    process.kill(pid, 'SIGINT');
  }
  expect(await ended).toMatchObject({ status: 0 });
});
