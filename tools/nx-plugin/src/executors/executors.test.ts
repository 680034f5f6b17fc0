import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { format, formatAll } from './format.ts';
import { lint, lintAll } from './lint.ts';
import { typecheck, typecheckAll } from './typecheck.ts';

const tsconfig = `{
  "compilerOptions": { "strict": true, "module": "nodenext", "types": [] },
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
const graph = {
  tasks: Object.fromEntries(
    roots.map((project) => [`${project}:check`, { id: `${project}:check`, target: { project } }]),
  ),
} as unknown as TaskGraph;

describe.each([
  ['typecheck', typecheck, typecheckAll, ['b/index.ts(1,14)', "'string' is not assignable"]],
  ['lint', lint, lintAll, ['b/index.js', 'no-var']],
  ['format', format, formatAll, ['b/format.json is not formatted', 'b/broken.json']],
] as const)('%s', (_name, alone, together, says) => {
  it('gives each project its own result, all at once', async () => {
    const results = await together(graph, {}, {}, context());
    expect(Object.entries(results).map(([task, { success }]) => [task, success])).toEqual([
      ['a:check', true],
      ['b:check', false],
      ['b/inner:check', true],
    ]);
    for (const text of says) expect(results['b:check']?.terminalOutput).toContain(text);
  });

  it('gives one project its result', async () => {
    expect(await alone({}, context('a'))).toEqual({ success: true });
    expect(await alone({}, context('b'))).toEqual({ success: false });
  });
});

it('a project without tsconfig.json is not taken for a sound one', async () => {
  rmSync(join(root, 'b/inner/tsconfig.json'));
  expect(await typecheck({}, context('b/inner'))).toEqual({ success: false });
});
