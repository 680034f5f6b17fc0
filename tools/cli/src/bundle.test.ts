import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { SavedRun } from '@harmony/local';
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

describe('a run that failed, told by the bundle', () => {
  const broken = JSON.stringify({ payload: { site: 'north', broken: true } });
  const start = (args: readonly string[], stdin = ''): Promise<Ended> =>
    shipped.start(args, { cwd: workspace.root, stdin }).ended;
  /** Line and column, from 1, of a text in a file of the workspace. */
  const placeIn = async (file: string, text: string): Promise<string> => {
    const lines = (await readFile(join(workspace.root, file), 'utf8')).split('\n');
    const line = lines.findIndex((each) => each.includes(text));
    return `${file}:${line + 1}:${(lines[line] ?? '').indexOf(text) + 1}`;
  };

  it('names the state, its line and its input, below the orchestrator', async () => {
    const { status, stdout } = await start(
      ['run', 'morning-round', '--input', '-', '--only', 'pond'],
      broken,
    );
    expect(stdout).toMatch(/^morning-round, stage dev: only pond; disabled: old-pond\n/);
    expect(stdout).toContain('in the state "Leak" of dev-pond:');
    expect(stdout).toContain(`at ${await placeIn('children/pond/states.json', '"Leak": {')}`);
    expect(stdout).toContain('input {"NeedCallback":false');
    expect(stdout).toContain('PondLeaks: the pond of this site is empty');
    expect(status).toBe(1);
  });

  it('names the source of a handler, in its report, its logs and its document, which is kept', async () => {
    const file = 'apps/greenhouse/src/handlers/decide.ts';
    const map = { version: 3, sources: [file], names: [], mappings: 'AAEA;AACA' };
    const code = [
      'export const handler = async () => {',
      'const error = new TypeError("too warm"); console.error(error); throw error; };',
      `//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(map))}`,
    ];
    const bundled = 'infra/cdk.out/asset.decide/index.mjs';
    const before = await readFile(join(workspace.root, bundled), 'utf8');
    await workspace.write(bundled, code.join('\n'));
    const { status, stdout, stderr } = await start(['run', 'greenhouse', '--logs', '--trace']);
    expect(status).toBe(1);
    expect(stdout).toContain('in the state "Decide" of dev-greenhouse:');
    expect(stdout).toContain(`at ${file}:4:1`);
    expect(stderr).toContain(`(${file}:4:1)`);
    expect(`${stdout}${stderr}`).not.toContain('index.mjs');
    expect(stdout).toMatch(
      /\+0 s {6}Decide {2}Task, 0 s\n {12}input .*\n {12}failed TypeError: too warm\n/,
    );
    expect(stdout).toMatch(/ {12}\$minimum 30\n/);

    const runs = await start(['runs']);
    const id = /^(\S+-greenhouse) +stage dev +FAILED/.exec(runs.stdout)?.[1] ?? '';
    expect(runs.stdout.split('\n')[1]).toMatch(/^\S+-morning-round +stage dev +FAILED/);
    const shown = await start(['show']);
    expect(shown.stdout.startsWith(id)).toBe(true);
    expect(shown.stdout).toContain(`at ${file}:4:1`);
    const decide = await start(['show', 'greenhouse', '--state', 'Read sensor']);
    expect(decide.stdout).toContain('output {"degrees":21}');
    expect(decide.stdout).not.toContain('Decide');
    const events = await start(['show', id, '--events']);
    expect(events.stdout).toContain('TaskStateEntered {"name":"Decide"');
    const document = JSON.parse((await start(['show', id, '--json'])).stdout) as SavedRun;
    expect(document.failure?.code).toEqual([`${file}:4:1`]);
    expect(document.executions[0]?.history.at(-1)?.type).toBe('ExecutionFailed');
    const unknown = await start(['show', id, '--state', 'Weep']);
    expect(unknown.stderr).toContain('entered no state "Weep". It entered: Read sensor, Decide.');
    expect(unknown.status).toBe(2);
    expect((await start(['show', 'lost'])).stderr).toContain('No run "lost" is kept.');
    await workspace.write(bundled, before);
  });

  it('names the expression that failed and its line; and the lines of a definition that is none', async () => {
    const template = 'infra/cdk.out/assembly-dev/template.json';
    const file = 'children/pond/states.json';
    const files = [template, file];
    const before = await Promise.all(
      files.map((each) => readFile(join(workspace.root, each), 'utf8')),
    );
    const change = async (from: string, to: string): Promise<void> => {
      const definition = (before[1] as string).replace(from, () => to);
      expect(definition).not.toBe(before[1]);
      await workspace.write(file, definition);
      const text = JSON.parse(before[0] as string) as {
        Resources: { Pond: { Properties: { DefinitionString: string } } };
      };
      text.Resources.Pond.Properties.DefinitionString = definition;
      await workspace.write(template, text);
    };
    const expression = '{% $number($states.input.configuration.note) %}';
    await change('{% $states.input.configuration %}', expression);
    const args = ['run', 'morning-round', '--only', 'pond'];
    const { stdout } = await start(args);
    expect(stdout).toContain('in the state "Done" of dev-pond:');
    expect(stdout).toContain(`at ${await placeIn(file, `"Output": "${expression}"`)}`);
    expect(stdout).toContain(`Output: ${expression}`);

    await change('"Default": "Done"', '"Default": "Gone"');
    const refused = await start(args);
    expect(refused.stderr).toContain('dev-pond cannot run here: its definition is invalid:');
    expect(refused.stderr).toContain(`  ${await placeIn(file, '"Default": "Gone"')}: `);
    expect(refused.status).toBe(2);

    await change('{% $states.input.configuration %}', "{% { 'note': 1 } %}");
    const output = await start([...args, '--json']);
    const document = JSON.parse(output.stdout) as SavedRun;
    expect(document.status).toBe('SUCCEEDED');
    expect(document.refusedOutputs).toMatchObject([
      { stateMachine: 'dev-pond', path: 'output.note' },
    ]);
    expect(output.status).toBe(1);
    await Promise.all(files.map((each, index) => workspace.write(each, before[index])));
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
