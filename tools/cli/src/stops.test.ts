import { execFile, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { snapshotText } from '@harmony/contract/snapshot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundle } from './testing/bundle.ts';
import type { Bundle, Ended } from './testing/bundle.ts';
import { greenhouse, testWorkspace } from './testing/workspace.ts';
import type { TestWorkspace } from './testing/workspace.ts';

let shipped: Bundle;
let workspace: TestWorkspace;
beforeAll(async () => {
  [shipped, workspace] = await Promise.all([bundle(), patient()]);
});
afterAll(() => Promise.all([shipped, workspace].map((used) => used[Symbol.asyncDispose]())));

/** A workspace whose function has longer than any test: one that waited for it would never end. */
async function patient(...options: Parameters<typeof testWorkspace>): Promise<TestWorkspace> {
  const made = await testWorkspace(...options);
  const template = 'infra/cdk.out/assembly-dev/template.json';
  const text = await readFile(join(made.root, template), 'utf8');
  await made.write(template, text.replace('"Timeout": 10,', '"Timeout": 900,'));
  return made;
}

const HANDLER = 'infra/cdk.out/asset.decide/index.mjs';
const WAITS = 'await new Promise((done) => setTimeout(done, 3_600_000));';
const BUSY = 'for (;;);';
const handler = (body: string) =>
  workspace.write(
    HANDLER,
    `export const handler = async () => { console.log(process.pid); ${body} };`,
  );

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const gone = (pids: readonly number[]) =>
  vi.waitFor(() => expect(pids.filter(runs)).toEqual([]), { timeout: 20_000 });

/** Starts a run, and calls back once a handler is at work, with the handler's process. */
async function runUntilAtWork(
  args: readonly string[],
  atWork: (child: ReturnType<typeof spawn>) => void,
): Promise<Ended & { readonly handlers: readonly number[] }> {
  const running = shipped.start([...args, '--logs'], { cwd: workspace.root });
  const handlers: number[] = [];
  let seen = false;
  running.process.stderr?.on('data', (text: Buffer) => {
    for (const [, pid] of String(text).matchAll(/: (\d+)$/gm)) handlers.push(Number(pid));
    if (handlers.length === 0 || seen) return;
    seen = true;
    atWork(running.process);
  });
  const ended = await running.ended;
  return { ...ended, handlers };
}

describe('an interruption', () => {
  it.each([
    ['waits', WAITS],
    ['is busy', BUSY],
  ])('gives the prompt back while a handler %s, with what came of the run', async (_what, body) => {
    await handler(body);
    const { status, stdout, handlers } = await runUntilAtWork(['run', 'greenhouse'], (child) =>
      child.kill('SIGINT'),
    );
    expect(stdout).toContain('Harmony.Interrupted: The run was interrupted.');
    expect(status).toBe(1);
    await gone(handlers);
  });

  it('ends everything at once when it comes twice', async () => {
    await handler(BUSY);
    const { handlers } = await runUntilAtWork(['run', 'morning-round'], (child) => {
      child.kill('SIGINT');
      child.kill('SIGTERM');
    });
    await gone(handlers);
  });

  it('ends a command that has nothing to show for it as the system does', async () => {
    const child = spawn(process.execPath, [shipped.file, 'run', 'greenhouse', '--input', '-'], {
      cwd: workspace.root,
      env: { PATH: process.env['PATH'] },
    });
    // It waits for standard input, which stays open.
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGINT');
    const [, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.once('close', (code, by) => resolve([code, by])),
    );
    expect(signal).toBe('SIGINT');
  });

  it('comes between the expressions of a run that computes and nothing else', async () => {
    const sum = { Type: 'Pass', Output: '{% $sum([1..100000].($ * 2)) %}', End: true };
    const each = { StartAt: 'Sum', States: { Sum: sum } };
    await workspace.write('computes.asl.json', {
      QueryLanguage: 'JSONata',
      StartAt: 'Each',
      States: {
        Each: {
          ...{ Type: 'Map', MaxConcurrency: 1, Items: '{% [1..10000] %}' },
          ...{ ItemProcessor: each, End: true },
        },
      },
    });
    let interrupted = false;
    const { status, stdout } = await shipped.start(['run', 'computes.asl.json'], {
      cwd: workspace.root,
      onStdout: (_text, child) => (interrupted ||= child.kill('SIGINT')),
    }).ended;
    expect(stdout).toContain('Harmony.Interrupted: The run was interrupted.');
    expect(status).toBe(1);
  });

  it('ends a diff in the middle of it', async () => {
    // Minutes of comparing: none of the options says by itself which of the others it is.
    const wide = (maximum: number) => ({
      properties: Object.fromEntries(
        Array.from({ length: 600 }, (_, field) => {
          const option = (index: number) => ({
            type: 'object',
            properties: {
              a: { type: 'integer', minimum: index, maximum: maximum + index + field },
            },
          });
          return [`f${field}`, { oneOf: Array.from({ length: 20 }, (_, index) => option(index)) }];
        }),
      ),
    });
    await workspace.write('old.json', wide(50));
    await workspace.write('new.json', wide(40));
    const args = ['contracts', 'diff', '--from', 'old.json', '--to', 'new.json'];
    const { process: child, ended } = shipped.start([...args, '--direction', 'input'], {
      cwd: workspace.root,
    });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ signal: 'SIGINT', stdout: '' });
  });

  it('of contracts fuzz is no success, and judges nothing', async () => {
    await handler(`(await import('node:fs')).writeFileSync('/tmp/at-work', ''); ${WAITS}`);
    const atWork = () => globSync('harmony-run-*/*/at-work', { cwd: shipped.temporary });
    const running = shipped.start(['contracts', 'fuzz', 'greenhouse', '--json'], {
      cwd: workspace.root,
    });
    await vi.waitFor(() => expect(atWork()).toHaveLength(1), { timeout: 60_000 });
    running.process.kill('SIGINT');
    const { status, stdout } = await running.ended;
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, valid: 0 });
    expect(JSON.parse(stdout)).not.toHaveProperty('failure');
    expect(status).toBe(1);
  });
});

describe('a run that is over', () => {
  it('does not wait for the handlers of targets that it has given up', async () => {
    await using aborting = await patient({ onTargetFailure: 'abort' });
    await aborting.write(HANDLER, `export const handler = async () => { ${WAITS} };`);
    await aborting.write('broken.json', { payload: { site: 'n', broken: true } });
    const { status, stdout } = await shipped.start(
      ['run', 'morning-round', '--input', 'broken.json'],
      { cwd: aborting.root },
    ).ended;
    expect(stdout).toContain('PondLeaks');
    expect(status).toBe(1);
  });
});

describe('a host that a signal ends', () => {
  it.each(['SIGKILL', 'SIGQUIT', 'SIGHUP'] as const)(
    '%s leaves no handler running, not even a busy one',
    async (signal) => {
      await handler(BUSY);
      const ended = await runUntilAtWork(['run', 'greenhouse'], (child) => child.kill(signal));
      expect(ended.signal).toBe(signal);
      expect(ended.handlers).toHaveLength(1);
      await gone(ended.handlers);
    },
  );
});

describe('output', () => {
  const sh = (script: string): Promise<Ended> =>
    new Promise((resolve) => {
      const options = {
        cwd: workspace.root,
        env: { PATH: process.env['PATH'] ?? '', TMPDIR: shipped.temporary },
      };
      const harmony = `"${process.execPath}" "${shipped.file}"`;
      execFile(
        '/bin/sh',
        ['-c', script.replaceAll('HARMONY', harmony)],
        options,
        (error, stdout, stderr) =>
          resolve({ status: Number(error?.code ?? 0), signal: null, stdout, stderr }),
      );
    });

  it('whose reader has left ends the command without a word', async () => {
    const { stderr } = await sh('HARMONY run morning-round --skip-delays | head -n 1');
    expect(stderr).toBe('');
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk is told in one message', async () => {
    const { status, stderr } = await sh('HARMONY budget > /dev/full');
    expect(stderr).toBe('harmony: the output cannot be written: the disk is full (ENOSPC).\n');
    expect(status).toBe(1);
  });

  it('from a folder that is gone is told in one message', async () => {
    const folder = join(workspace.root, 'gone');
    await mkdir(folder);
    const { status, stderr } = await sh(`cd "${folder}" && rmdir "${folder}" && HARMONY budget`);
    expect(stderr).toBe('harmony: the current folder no longer exists: change to another one.\n');
    expect(status).toBe(2);
  });

  it('of a snapshot that does not fit on the disk leaves the old one, and nothing else', async () => {
    const folder = 'libs/contracts/greenhouse';
    const { document } = greenhouse;
    const old = snapshotText({ ...document, hash: 'old' });
    await workspace.write('package.json', { type: 'module' });
    await workspace.write(`${folder}/contract.json`, old);
    await workspace.write(
      `${folder}/src/index.ts`,
      `export const greenhouse = { document: ${JSON.stringify(document)} };`,
    );
    const { status, stderr } = await sh('ulimit -f 0; HARMONY contracts snapshot');
    expect(stderr).toMatch(
      /^harmony: .*the file is larger than this process may write \(EFBIG\)\.\n$/,
    );
    expect(status).toBe(1);
    expect(await readdir(join(workspace.root, folder))).toEqual(['contract.json', 'src']);
    expect(await readFile(join(workspace.root, folder, 'contract.json'), 'utf8')).toBe(old);
    await rm(join(workspace.root, 'libs'), { recursive: true });
  });

  it('of a handler cannot move the cursor, and 20 MB of it without a line’s end come through', async () => {
    await workspace.write(
      HANDLER,
      `export const handler = async (event) => {
        process.stdout.write('\\u001b[2Jcleared\\u0007\\n');
        process.stdout.write('a'.repeat(20 * 1024 * 1024));
        return { degrees: 1, heat: false };
      };`,
    );
    const { stderr, status } = await shipped.start(['run', 'greenhouse', '--logs'], {
      cwd: workspace.root,
    }).ended;
    expect(stderr).toContain('dev-greenhouse-decide: \\u001b[2Jcleared\\u0007\n');
    expect(stderr.match(/a{1000,}/g)?.join('').length).toBe(20 * 1024 * 1024);
    expect(status).toBe(0);
  });

  it('of no command leaves anything in the temporary folder', async () => {
    // A host that was killed has somebody clean up after it.
    const left = async () =>
      (await readdir(shipped.temporary)).filter((name) => name.startsWith('harmony-'));
    await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 20_000 });
  });
});
