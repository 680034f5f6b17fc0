import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from './testing/bundle.ts';
import type { Bundle, Ended } from './testing/bundle.ts';
import { testWorkspace } from './testing/workspace.ts';
import type { TestWorkspace } from './testing/workspace.ts';

let shipped: Bundle;
let workspace: TestWorkspace;
beforeAll(async () => {
  [shipped, workspace] = await Promise.all([bundle(), testWorkspace()]);
  await workspace.write('package.json', { type: 'module' });
});
afterAll(() => Promise.all([shipped, workspace].map((used) => used[Symbol.asyncDispose]())));

/** The first attempts may come before the port is open. */
async function attach(port: number): Promise<WebSocket> {
  for (;;) {
    const list = await fetch(`http://127.0.0.1:${port}/json/list`).then(
      (response) => response.json() as Promise<{ webSocketDebuggerUrl: string }[]>,
      () => undefined,
    );
    if (list?.[0] !== undefined) return new WebSocket(list[0].webSocketDebuggerUrl);
    await setTimeout(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const harmony = (...args: readonly string[]): Promise<Ended> =>
  shipped.start(args, { cwd: workspace.root }).ended;

describe('a handler of the bundle under a debugger', () => {
  it('waits for it before its code loads, and stops where it is told', async () => {
    const port = await freePort();
    const args = ['run', 'greenhouse', '--inspect', 'decide', '--inspect-port', String(port)];
    const { ended } = shipped.start(args, { cwd: workspace.root });
    const socket = await attach(port);
    const paused = new Promise<string>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const { method, params } = JSON.parse(String(data)) as {
          method?: string;
          params?: { hitBreakpoints: string[]; callFrames: { functionName: string }[] };
        };
        if (method !== 'Debugger.paused') return;
        resolve(`${params?.callFrames[0]?.functionName} at ${params?.hitBreakpoints.join(', ')}`);
      });
    });
    await once(socket, 'open');
    const send = (id: number, method: string, params = {}): void =>
      socket.send(JSON.stringify({ id, method, params }));
    send(1, 'Debugger.enable');
    send(2, 'Debugger.setBreakpointByUrl', { urlRegex: 'index\\.mjs$', lineNumber: 2 });
    send(3, 'Runtime.runIfWaitingForDebugger');
    expect(await paused).toMatch(/^handler at \d+:2:\d+:index/);
    send(4, 'Debugger.resume');
    const { status, stderr, stdout } = await ended;
    expect(stderr).toContain(`dev-greenhouse-decide waits for a debugger on 127.0.0.1:${port}.`);
    expect(stdout).toContain('SUCCEEDED');
    expect(status).toBe(0);
  });

  it('is named among those that the run calls where there is none of the name', async () => {
    const { status, stderr } = await harmony('run', 'greenhouse', '--inspect', 'decode');
    expect(stderr).toBe(
      'harmony: This run calls no function "decode". Its functions: dev-greenhouse-decide.\n',
    );
    expect(status).toBe(2);
  });

  it('is not started at a port that something else has', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = String((server.address() as AddressInfo).port);
    const { status, stderr } = await harmony(
      ...['run', 'greenhouse', '--inspect', '--inspect-port', port],
    );
    server.close();
    expect(stderr).toContain(`The debugger's port ${port} cannot be used (EADDRINUSE)`);
    expect(status).toBe(2);
  });
});

describe('what the user can put right, told by the bundle', () => {
  it('is a contract that cannot be defined, thrown by the sources that it loads', async () => {
    const contract = import.meta.resolve('@harmony/contract');
    const zod = import.meta.resolve('zod');
    await workspace.write(
      'libs/contracts/moon/src/index.ts',
      `import { defineContract } from '${contract}';
       import { z } from '${zod}';
       export const moon = defineContract({
         name: 'moon',
         payload: z.object({ phase: z.string().refine((text) => text !== '') }),
         configuration: z.strictObject({}),
         output: z.object({}),
         examples: [],
       });`,
    );
    const { status, stderr, stdout } = await harmony('contracts', 'snapshot');
    expect(stderr).toContain(
      'harmony: libs/contracts/moon/src/index.ts: The contract "moon" cannot be defined:',
    );
    expect(stderr).toContain('payload.phase');
    expect(stderr).not.toContain('fault of harmony');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('is a slip of the pen in a contract library, with its line', async () => {
    await workspace.write(
      'libs/contracts/mars/src/index.ts',
      'export const a = 1;\nexport const = 2;',
    );
    const { status, stderr } = await harmony('contracts', 'snapshot', 'libs/contracts/mars');
    expect(stderr).toMatch(
      /^harmony: libs\/contracts\/mars\/src\/index\.ts: it cannot be loaded: SyntaxError: .*index\.ts:2\)/,
    );
    expect(status).toBe(2);
  });

  it('is a contract library that is not there', async () => {
    const { status, stderr } = await harmony('contracts', 'snapshot', 'libs/contracts/sun');
    expect(stderr).toContain('there is no contract libs/contracts/sun. Known: mars');
    expect(status).toBe(2);
  });

  it('is an assembly that is not one', async () => {
    await workspace.write('empty/manifest.json', 'nothing');
    const { status, stderr } = await harmony('run', 'pond', '--assembly', 'empty');
    expect(stderr).toMatch(/^harmony: .*manifest\.json/);
    expect(stderr).not.toContain('fault of harmony');
    expect(status).toBe(2);
  });
});
