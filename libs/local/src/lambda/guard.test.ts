import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, vi } from 'vitest';
import { testFolder, testFunction } from '../testing/functions.ts';

/** Never answers, waits for nothing, and so sees nothing of what happens around it. */
const BUSY = `export const handler = () => { console.log(process.pid); for (;;); };`;

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('handlers that are busy', () => {
  it.each(['SIGKILL', 'SIGQUIT', 'SIGHUP', 'SIGTERM', 'SIGINT'] as const)(
    'end with a host that %s has ended',
    async (signal) => {
      await using code = await testFolder({ 'index.mjs': BUSY });
      const functions = ['one', 'two'].map((name) => testFunction(code.path, { name }));
      await using host = await testFolder({
        'host.ts': `
          import { FunctionPool } from '${import.meta.resolve('./function-pool.ts')}';
          const pool = new FunctionPool({ region: 'us-east-1', log: (_fn, { text }) => console.log(text) });
          for (const fn of ${JSON.stringify(functions)}) {
            void pool.invoke(fn, { requestId: fn.name, eventJson: '{}' }, new AbortController().signal);
          }`,
      });
      const child = spawn(process.execPath, [join(host.path, 'host.ts')], {
        env: { ...process.env, TMPDIR: host.path },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const handlers: number[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        if (handlers.push(Number(line)) === functions.length) break;
      }
      expect(handlers.map(runs)).toEqual([true, true]);
      child.kill(signal);
      await vi.waitFor(() => expect(handlers.filter(runs)).toEqual([]), { timeout: 20_000 });
      // What they have written goes with them.
      const isClean = async () => expect(await readdir(host.path)).toEqual(['host.ts']);
      await vi.waitFor(isClean, { timeout: 20_000 });
    },
  );
});

describe('the guard', () => {
  it('leaves alone a number whose process has ended: another may have it by now', async () => {
    await using folder = await testFolder({
      'host.ts': `
        import { spawn } from 'node:child_process';
        import { EventEmitter } from 'node:events';
        import { ProcessGuard } from '${import.meta.resolve('./guard.ts')}';
        const sleep = () => spawn('sleep', ['60'], { stdio: 'ignore' });
        const guard = new ProcessGuard();
        const [first, other, last] = [sleep(), sleep(), sleep()];
        const ended = Object.assign(new EventEmitter(), { pid: other.pid });
        for (const each of [first, ended, last]) guard.watch(each);
        ended.emit('exit');
        console.log(JSON.stringify([first.pid, other.pid, last.pid]));
        setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200);`,
    });
    const child = spawn(process.execPath, [join(folder.path, 'host.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let pids: number[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      pids = JSON.parse(line) as number[];
    }
    const [first = 0, other = 0, last = 0] = pids;
    await vi.waitFor(() => expect([first, last].map(runs)).toEqual([false, false]), {
      timeout: 20_000,
    });
    expect(runs(other)).toBe(true);
    process.kill(other, 'SIGKILL');
  });
});
