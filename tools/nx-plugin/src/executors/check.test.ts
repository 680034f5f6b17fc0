import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { check, checkAll, type CheckOptions } from './check.ts';

const tsconfig = `{
  "compilerOptions": {
    "strict": true,
    "module": "nodenext",
    "types": [],
    "skipLibCheck": true
  },
  "include": ["**/*.ts"]
}
`;
const sound = 'export const one: number = 1;\n';

/** `a` is sound, `b` has what the check under test finds, `b/inner` lies in it and is sound. */
const files: Readonly<Record<string, string>> = {
  'eslint.config.mjs': `export default [{ files: ['**/*.js'], rules: { 'no-var': 'warn' } }];\n`,
  'a/tsconfig.json': tsconfig,
  'a/index.ts': sound,
  'a/index.js': 'export const one = 1;\n',
  'b/tsconfig.json': tsconfig,
  'b/index.ts': "export const two: number = 'two';\n",
  'b/index.js': 'export var two = 2;\n',
  'b/format.json': '{"a":1}',
  'b/broken.json': '{"a":',
  'b/inner/tsconfig.json': tsconfig,
  'b/inner/index.ts': sound,
};
const roots = ['a', 'b', 'b/inner'];

let root: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'harmony-executors-')));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
});
afterAll(() => rmSync(root, { recursive: true }));

const context = (projectName?: string) =>
  ({
    root,
    projectName,
    projectsConfigurations: {
      version: 2,
      projects: Object.fromEntries(roots.map((folder) => [folder, { root: folder }])),
    },
  }) as unknown as ExecutorContext;
type Result = { readonly success: boolean; readonly terminalOutput: string };

/** What a batch of checks gave, by task. */
async function all(...tools: readonly string[]): Promise<Readonly<Record<string, Result>>> {
  const tasks = tools.flatMap((by) =>
    roots.map((project) => ({ id: `${project}:${by}`, target: { project }, by })),
  );
  const options = Object.fromEntries(
    tasks.map(({ id, by }): [string, CheckOptions] => [id, { by }]),
  );
  const graph = { tasks: Object.fromEntries(tasks.map((task) => [task.id, task])) };
  const results: Record<string, Result> = {};
  for await (const each of checkAll(graph as unknown as TaskGraph, options, {}, context())) {
    results[each.task] = each.result;
  }
  return results;
}

const tools = [
  ['typescript', ['b/index.ts(1,14)', "'string' is not assignable"]],
  ['eslint', ['b/index.js', 'no-var']],
  ['prettier', ['b/format.json is not formatted', 'b/broken.json']],
] as const;

it('all checks of all projects at once give each its own result', async () => {
  const results = await all(...tools.map(([by]) => by));
  expect(Object.keys(results)).toHaveLength(roots.length * tools.length);
  for (const [by, says] of tools) {
    expect(results[`a:${by}`]).toEqual({ success: true, terminalOutput: '' });
    expect(results[`b/inner:${by}`]).toEqual({ success: true, terminalOutput: '' });
    const found = results[`b:${by}`];
    expect(found?.success).toBe(false);
    for (const text of says) expect(found?.terminalOutput).toContain(text);
  }
});

it.each(tools)('%s alone gives one project its result', async (by) => {
  expect(await check({ by }, context('a'))).toEqual({ success: true });
  expect(await check({ by }, context('b'))).toEqual({ success: false });
});

it('a project without tsconfig.json is not taken for a sound one', async () => {
  rmSync(join(root, 'b/inner/tsconfig.json'));
  expect(await check({ by: 'typescript' }, context('b/inner'))).toEqual({ success: false });
});
