import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { definitionHash, writeCoverage } from '@harmony/contract-checks/coverage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from './testing/bundle.ts';
import { greenhouseHistory } from './testing/history.ts';
import type { Bundle } from './testing/bundle.ts';
import { testWorkspace } from './testing/workspace.ts';
import type { TestWorkspace } from './testing/workspace.ts';

let shipped: Bundle;
let workspace: TestWorkspace;
beforeAll(async () => {
  [shipped, workspace] = await Promise.all([bundle(), testWorkspace()]);
});
afterAll(() => Promise.all([shipped, workspace].map((used) => used[Symbol.asyncDispose]())));

/** The commands of a document's `sh` blocks, one a line, without `npx`. */
async function commandsOf(document: string): Promise<string[]> {
  const text = await readFile(join(import.meta.dirname, '../../../docs', document), 'utf8');
  const blocks = Array.from(text.matchAll(/^```sh\n(.*?)^```/gms), ([, block]) => block ?? '');
  return blocks.flatMap((block) => block.trim().split('\n'));
}

/**
 * Runs each with the bundle; all must be harmony's own.
 * @param names of this workspace's, by those of the document
 */
async function runAll(document: string, names: Record<string, string> = {}): Promise<string> {
  let output = '';
  for (const command of await commandsOf(document)) {
    const [npx, harmony, ...args] = command.split(' ').map((word) => names[word] ?? word);
    expect([npx, harmony], command).toEqual(['npx', 'harmony']);
    const { status, stdout, stderr } = await shipped.start(args, { cwd: workspace.root }).ended;
    expect(stderr, command).toBe('');
    expect(status, command).toBe(0);
    output += stdout;
  }
  return output;
}

describe('the commands of the documents, run by the bundle', () => {
  it('docs/replay.md', async () => {
    const history = await greenhouseHistory(workspace.root);
    await workspace.write('history.json', history);
    await workspace.write('apps/greenhouse/records/night.json', history);
    const output = await runAll('replay.md');
    expect(output).toContain('greenhouse: 1 execution replayed: 1 the same.');
    expect(output).toContain('Wrote apps/greenhouse/records/Night.json.');
    const written = await readFile(join(workspace.root, 'out/replay.md'), 'utf8');
    expect(written).toContain('### Replay of greenhouse: 1 the same');
  });

  it('docs/debugging.md', async () => {
    const names = { 'billing-alerts': 'greenhouse', 'account-review': 'morning-round' };
    const output = await runAll('debugging.md', names);
    expect(output).toMatch(/^greenhouse, stage dev\n/);
    expect(output).toContain('TaskStateEntered {"name":"Read sensor"');
  });

  it('docs/coverage.md', async () => {
    const definition = 'StartAt: A\nStates:\n  A:\n    Type: Succeed\n';
    const folder = 'apps/billing-alerts';
    // A child without tests has no coverage, and is refused.
    for (const child of ['greenhouse', 'pond']) {
      await rm(join(workspace.root, 'apps', child), { recursive: true, force: true });
    }
    await workspace.write(`${folder}/workflow.asl.yaml`, definition);
    await workspace.write(`${folder}/test/a.test.ts`, '');
    writeCoverage(join(workspace.root, folder), {
      test: 'test/a.test.ts',
      definition: definitionHash(definition),
      places: [{ kind: 'state', pointer: '/States/A', count: 1 }],
      mocks: [],
    });
    expect(await runAll('coverage.md')).toContain('billing-alerts  1/1 100 %');
    const written = await readFile(join(workspace.root, 'coverage/lcov.info'), 'utf8');
    expect(written).toContain(`SF:${folder}/workflow.asl.yaml`);
  });

  it('docs/aws-calls.md, what it shows', async () => {
    // The clients that Harmony has, without that of KMS.
    const installed = dirname(
      dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-cost-explorer/package.json')),
    );
    await mkdir(join(workspace.root, 'node_modules'), { recursive: true });
    await symlink(installed, join(workspace.root, 'node_modules/@aws-sdk'));
    const task = (name: string, call: string, parameters: string) =>
      `StartAt: ${name}\nStates:\n  ${name}:\n    Type: Task\n    Resource: arn:aws:states:::aws-sdk:${call}\n    Parameters:\n${parameters}    End: true\n`;
    await workspace.write(
      'apps/billing-alerts/workflow.asl.yaml',
      task(
        'Get actual cost',
        'costexplorer:getCostAndUsage',
        '      Granularty: DAILY\n      Metrics: [UnblendedCost]\n      TimePeriod: { Start: a, End: b }\n',
      ),
    );
    await workspace.write(
      'apps/key-rotation/workflow.asl.yaml',
      task('Encrypt', 'kms:encrypt', '      KeyId: k\n      Plaintext: p\n'),
    );
    const text = await readFile(join(import.meta.dirname, '../../../docs/aws-calls.md'), 'utf8');
    const blocks = [...text.matchAll(/^```console\n\$ npx harmony ([^\n]*)\n(.*?)^```/gms)];
    expect(blocks).toHaveLength(2);
    // Lines and columns are those of the document's own files.
    const anywhere = (output: string) => output.replaceAll(/:\d+:\d+:/g, ':L:C:');
    for (const [, command = '', output = ''] of blocks) {
      const { stdout } = await shipped.start(command.split(' '), { cwd: workspace.root }).ended;
      for (const line of anywhere(output).trimEnd().split('\n')) {
        expect(anywhere(stdout).split('\n'), command).toContain(line);
      }
    }
  });
});
