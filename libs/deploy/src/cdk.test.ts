import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cdkDeploy } from './cdk.ts';
import type { PlannedStack } from './plan.ts';

/** The double that testing/fake-cdk/README.md describes. */
const fake = join(import.meta.dirname, 'testing', 'fake-cdk');

let folder: string;
let assembly: string;
let log: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'harmony-cdk-'));
  assembly = join(folder, 'cdk.out');
  log = join(folder, 'log');
  mkdirSync(join(assembly, 'assembly-prod'), { recursive: true });
  writeFileSync(join(assembly, 'manifest.json'), '{}');
  const stack = { type: 'aws:cloudformation:stack', displayName: 'prod/billing' };
  writeFileSync(
    join(assembly, 'assembly-prod', 'manifest.json'),
    JSON.stringify({ artifacts: { stack } }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stack = (name: string): PlannedStack => ({
  name,
  selector: `prod/${name}`,
  kind: 'child',
  ...{ uses: [], after: [], differs: [], because: [] },
});

const env = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: `${fake}:${dirname(process.execPath)}:${process.env['PATH']}`,
  FAKE_CDK_LOG: log,
  ...more,
});

const run = async (name: string, more?: Readonly<Record<string, string>>) => {
  const lines: string[] = [];
  const deploy = cdkDeploy({ assembly, env: env(more) });
  await deploy(stack(name), (line) => lines.push(line), new AbortController().signal);
  return lines;
};

describe('deploying a stack with cdk', () => {
  it('takes the assembly as it is, that stack alone, and asks nothing', async () => {
    expect(await run('billing')).toEqual([' ✅  prod/billing']);
    const [start] = readFileSync(log, 'utf8').split('\n');
    expect(JSON.parse(start ?? '')).toEqual({
      event: 'start',
      verb: 'deploy',
      selectors: ['prod/billing'],
      flags: {
        '--app': assembly,
        '--exclusively': true,
        '--require-approval': 'never',
        '--progress': 'events',
        '--no-notices': true,
      },
    });
  });

  it('fails with the status of cdk', async () => {
    await expect(run('billing', { FAKE_CDK_FAIL: 'prod/billing' })).rejects.toThrow(
      'cdk ended with status 1',
    );
    await expect(run('unknown')).rejects.toThrow('cdk ended with status 1');
  });

  it('says so when there is no cdk', async () => {
    await expect(run('billing', { PATH: folder })).rejects.toMatchObject({ code: 'CDK_NOT_FOUND' });
  });
});
