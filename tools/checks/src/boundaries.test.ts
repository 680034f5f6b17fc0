import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import './example.ts';

const run = promisify(execFile);

interface Sample {
  readonly file: string;
  readonly code: string;
}

// Lints texts as if they were the given files, all in one process, which takes a second to start.
// Without the rules that need the types of a real file.
const script = `
  import { ESLint } from 'eslint';
  const eslint = new ESLint({
    overrideConfig: {
      languageOptions: { parserOptions: { projectService: false } },
      rules: { '@typescript-eslint/no-floating-promises': 'off' },
    },
  });
  const all = [];
  for (const { file, code } of JSON.parse(process.argv[1])) {
    const [result] = await eslint.lintText(code, { filePath: file });
    all.push(result.messages.map(({ ruleId, message }) => ruleId + ': ' + message));
  }
  console.log(JSON.stringify(all));
`;

async function lint(samples: readonly Sample[], env: NodeJS.ProcessEnv = {}): Promise<string[][]> {
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module', '-e', script, JSON.stringify(samples)],
    { cwd: inject('example').root, env: { ...process.env, NX_DAEMON: 'false', ...env } },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string[][];
}

const importing = (file: string, name: string): Sample => ({
  file,
  code: `import { x } from '${name}';\nexport const y = x;\n`,
});
const boundary = expect.stringContaining('@nx/enforce-module-boundaries');

const forbidden = [
  ['libs/engine/src/state.ts', '@harmony/assembly'],
  ['libs/schema/src/compare.ts', '@harmony/contract'],
  ['libs/contract/src/define.ts', '@harmony/orchestration'],
  ['libs/orchestration/src/render.ts', '@harmony/constructs'],
  ['libs/local/src/system.ts', '@harmony/constructs'],
  ['libs/assembly/src/read.ts', 'aws-cdk-lib'],
  ['libs/contracts/billing-alerts/src/index.ts', 'jsonata'],
  ['libs/contracts/billing-alerts/src/index.ts', '@harmony/credential-audit-contract'],
  ['apps/billing-alerts/src/workflow.ts', '@harmony/credential-audit'],
  ['apps/billing-alerts/src/workflow.ts', '@harmony/credential-audit-contract'],
  ['apps/billing-alerts/src/workflow.ts', '@harmony/local'],
  ['infra/src/main.ts', '@harmony/local'],
  ['tools/nx-plugin/src/index.ts', '@harmony/contract'],
  ['tools/cli/src/main.ts', '@harmony/constructs'],
  ['tools/cli/src/main.ts', '@harmony/billing-alerts'],
] as const;

const allowed = [
  ['apps/billing-alerts/src/workflow.ts', '@harmony/billing-alerts-contract'],
  ['apps/billing-alerts/test/workflow.test.ts', '@harmony/local'],
  ['infra/src/main.ts', '@harmony/constructs'],
  ['libs/local/src/system.ts', '@harmony/engine'],
] as const;

describe('imports point one way', () => {
  it('each forbidden import is an error', async () => {
    const messages = await lint(forbidden.map(([file, name]) => importing(file, name)));
    forbidden.forEach(([file, name], index) => {
      expect(messages[index], `${file} imports ${name}`).toContainEqual(boundary);
    });
  });

  it('the imports that the design names are none', async () => {
    const messages = await lint(allowed.map(([file, name]) => importing(file, name)));
    allowed.forEach(([file, name], index) => {
      expect(messages[index], `${file} imports ${name}`).toEqual([]);
    });
  });

  it('what a source imports is in its package’s dependencies; in its tests, anywhere', async () => {
    const undeclared = expect.stringMatching(
      /declared-dependencies: @harmony\/assembly is not in the "dependencies" of .*infra\/package\.json/,
    );
    const file = 'infra/src/main.ts';
    const importTypes = `import type { A } from '@harmony/assembly';\nexport type B = A;\n`;
    const reexport = `export { readAssembly } from '@harmony/assembly';\n`;
    const load = `export const assembly = () => import('@harmony/assembly');\n`;
    const [inTest, ...inSource] = await lint([
      importing('infra/test/assembly.test.ts', '@harmony/assembly'),
      importing(file, '@harmony/assembly'),
      ...[importTypes, reexport, load].map((code) => ({ file, code })),
    ]);
    expect(inTest).toEqual([]);
    for (const messages of inSource) expect(messages).toEqual([undeclared]);
    expect(inSource).toHaveLength(4);
  });

  it('a handler may not reach CDK', async () => {
    const [messages] = await lint([
      importing('apps/billing-alerts/src/handlers/check-input.ts', 'aws-cdk-lib'),
    ]);
    expect(messages).toContainEqual(expect.stringContaining('nothing of CDK'));
  });

  it('a forbidden import fails with no project graph yet, as right after nx reset', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'harmony-reset-'));
    try {
      const [messages] = await lint([importing('libs/engine/src/state.ts', '@harmony/assembly')], {
        NX_WORKSPACE_DATA_DIRECTORY: empty,
      });
      expect(messages).toContainEqual(boundary);
    } finally {
      await rm(empty, { recursive: true, force: true });
    }
  });
});
