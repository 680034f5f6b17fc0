import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../testing/bundle.ts';
import type { Bundle } from '../../testing/bundle.ts';
import { testWorkspace } from '../../testing/workspace.ts';
import type { TestWorkspace } from '../../testing/workspace.ts';

let shipped: Bundle;
let workspace: TestWorkspace;
beforeAll(async () => {
  [shipped, workspace] = await Promise.all([bundle(), testWorkspace()]);
});
afterAll(() => Promise.all([shipped, workspace].map((used) => used[Symbol.asyncDispose]())));

const start = (...args: readonly string[]) => {
  let told: (url: string) => void;
  const url = new Promise<string>((resolve) => (told = resolve));
  const running = shipped.start(['dev', '--assembly', 'infra/cdk.out', '--port', '0', ...args], {
    cwd: workspace.root,
    onStdout: (text) => {
      const [found] = /http:\S+/.exec(text) ?? [];
      if (found !== undefined) told(found);
    },
  });
  return { ...running, url };
};

async function call(url: string, operation: string, input: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `AWSStepFunctions.${operation}`,
    },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Record<string, string>;
}

const arn = (kind: string, name: string) => `arn:aws:states:us-east-1:123456789012:${kind}:${name}`;
const stateMachineArn = arn('stateMachine', 'dev-morning-round');
const input = JSON.stringify({ payload: { site: 'north' }, debug: { skipDelays: true } });

describe('harmony dev', () => {
  it('serves the assembly: an orchestrator runs its children, handlers and all', async () => {
    const { process, ended, url } = start();
    const { executionArn = '' } = await call(await url, 'StartExecution', {
      stateMachineArn,
      input,
    });
    const about = async () => call(await url, 'DescribeExecution', { executionArn });
    await expect.poll(async () => (await about()).status).toBe('SUCCEEDED');
    expect(JSON.parse((await about()).output ?? '')).toMatchObject({
      outcomes: expect.arrayContaining([
        expect.objectContaining({ id: 'tropical', status: 'SUCCEEDED' }),
      ]) as unknown,
    });
    const port = new URL(await url).port;
    const second = await shipped.start(['dev', '--assembly', 'infra/cdk.out', '--port', port], {
      cwd: workspace.root,
    }).ended;
    expect(second).toMatchObject({ status: 2, stdout: '' });
    expect(second.stderr).toContain(`Port ${port} is taken`);
    process.kill('SIGINT');
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
  });

  it('keeps what was acknowledged when it is killed, and says that it ended', async () => {
    const killed = start();
    const { executionArn } = await call(await killed.url, 'StartExecution', {
      stateMachineArn,
      name: 'kept',
      input: JSON.stringify({ payload: { site: 'north' } }),
    });
    killed.process.kill('SIGKILL');
    await killed.ended;
    const again = start();
    expect(await call(await again.url, 'DescribeExecution', { executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Harmony.ServerEnded',
    });
    const retried = await call(await again.url, 'StartExecution', {
      stateMachineArn,
      name: 'kept',
      input,
    });
    expect(retried).toMatchObject({ __type: 'ExecutionAlreadyExists' });
    again.process.kill('SIGTERM');
    await again.ended;
  });

  it('jumps over delays when asked to', async () => {
    const { process, ended, url } = start('--virtual-time');
    const { executionArn } = await call(await url, 'StartExecution', {
      stateMachineArn,
      input: await readFile(`${workspace.root}/infra/examples/morning-round.json`, 'utf8'),
    });
    const about = async () => call(await url, 'DescribeExecution', { executionArn });
    await expect.poll(async () => (await about()).status).toBe('SUCCEEDED');
    const { startDate, stopDate } = await about();
    expect(Number(stopDate) - Number(startDate)).toBe(60);
    process.kill('SIGINT');
    await ended;
  });

  it.each([
    [['--stage', 'nope'], 'the assembly has no stage "nope". Stages: dev.'],
    [['--port', '70000'], 'Give a whole number from 0 to 65535.'],
  ])('ends with 2 and one message: %j', async (args, message) => {
    const result = await start(...args).ended;
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toContain(message);
  });
});
