import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, it } from 'vitest';
import { workspaceRoot } from './child.ts';

/** Beside the sources, so that packages resolve as they do there; ignored by Git. */
const folder = join(import.meta.dirname, '..', '.harmony', 'docs');
mkdirSync(folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

/** The child that the documents tell of; a workspace need not have it. */
const STAND_INS = {
  'child.ts': `import { ChildWorkflow } from '@harmony/constructs';
    export declare class KeyRotation extends ChildWorkflow {
      constructor(scope: object, id: string, props: { stage: object });
    }`,
  'contract.ts': `import type { ChildWorkflowProps } from '@harmony/constructs';
    export declare const keyRotation: ChildWorkflowProps['contract'];`,
};

it('compiles the examples of docs/testing.md and docs/child-workflows.md', () => {
  for (const [name, text] of Object.entries(STAND_INS)) writeFileSync(join(folder, name), text);
  const files = ['testing.md', 'child-workflows.md'].flatMap((document) => {
    const text = readFileSync(join(workspaceRoot, 'docs', document), 'utf8');
    return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, block = ''], index) => {
      const file = join(folder, `${document}-${index}.ts`);
      writeFileSync(file, block);
      return file;
    });
  });
  expect(files).toHaveLength(2);
  const { config } = ts.readConfigFile(
    join(workspaceRoot, 'tsconfig.base.json'),
    ts.sys.readFile,
  ) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, workspaceRoot);
  const program = ts.createProgram(files, {
    ...options,
    noEmit: true,
    paths: {
      '@harmony/key-rotation': [join(folder, 'child.ts')],
      '@harmony/key-rotation-contract': [join(folder, 'contract.ts')],
    },
  });
  const found = ts.getPreEmitDiagnostics(program);
  expect(
    found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  ).toEqual([]);
}, 120_000);
