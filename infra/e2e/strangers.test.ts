import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harmony } from './harmony.ts';

let folder: string;
/** What `harmony run` prints of a state machine of the strangers' app. */
async function run(name: string): Promise<{ readonly status: string; readonly output: unknown }> {
  const args = ['run', name, '--assembly', 'cdk.out', '--input', 'input.json', '--json'];
  const { stdout } = await harmony(args, { cwd: folder });
  return JSON.parse(stdout) as { status: string; output: unknown };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmony-strangers-'));
  writeFileSync(join(folder, 'input.json'), '{}');
  const app = join(import.meta.dirname, 'fixtures', 'strangers-app.ts');
  execFileSync(process.execPath, [app, folder], { stdio: 'ignore' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an app of CDK’s own constructs, without a stage', () => {
  it('runs chainables: an alias, inline code, a version of a Python function, Event and DryRun; imports are resolved, and what only AWS knows stands in', async () => {
    const { status, output } = await run('chainables');
    expect(status).toBe('SUCCEEDED');
    expect(output).toMatchObject({
      Alias: {
        ExecutedVersion: '1',
        Payload: {
          inline: { imported: 'shared-name', secret: 'stand-in--Work--Secret' },
          env: expect.stringMatching(/^stand-in--Base--Bucket\w+--WebsiteURL$/) as string,
        },
      },
      Event: { StatusCode: 202, Payload: '' },
      DryRun: { StatusCode: 204, Payload: '' },
      Snake: { ExecutedVersion: '1', Payload: 'python' },
    });
  });

  it('runs a definition of a file, with its substitutions', async () => {
    expect((await run('from-file')).output).toEqual({
      bucket: expect.stringMatching(/^base-bucket/) as string,
    });
  });

  it('runs a state machine of a nested stack, with what its parent gives it', async () => {
    expect((await run('inner')).output).toEqual({ secret: 'stand-in--Work--Secret' });
  });
});
