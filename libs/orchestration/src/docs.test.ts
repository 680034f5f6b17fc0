import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import type { Orchestration } from './orchestration.ts';
import { renderOrchestrator } from './render/render-orchestrator.ts';

const ROOT = join(import.meta.dirname, '..');
const WORKSPACE = join(ROOT, '..', '..');
const DOCS = join(WORKSPACE, 'docs', 'orchestration.md');

const stateMachineArn = (child: string) =>
  `arn:aws:states:us-east-1:123456789012:stateMachine:dev-${child}`;

const text = readFileSync(DOCS, 'utf8');
const [prelude = '', ...blocks] = Array.from(
  text.matchAll(/^```ts\n(.*?)^```$/gms),
  (match) => match[1] ?? '',
);

/** Beside the sources, so that packages resolve as they do there; ignored by Git. */
const FOLDER = join(ROOT, '.harmony', 'docs');
mkdirSync(FOLDER, { recursive: true });
afterAll(() => rmSync(FOLDER, { recursive: true }));
const files = blocks.map((block, index) => {
  const file = join(FOLDER, `example-${index}.ts`);
  writeFileSync(file, `${prelude}\n${block}`);
  return file;
});

describe('the examples of docs/orchestration.md', () => {
  test('compile', () => {
    const config = join(WORKSPACE, 'tsconfig.base.json');
    const { config: json } = ts.readConfigFile(config, ts.sys.readFile) as { config: object };
    const { options } = ts.parseJsonConfigFileContent(json, ts.sys, ROOT);
    // Every example begins with all of the prelude.
    const program = ts.createProgram(files, { ...options, noUnusedLocals: false, noEmit: true });
    const found = ts.getPreEmitDiagnostics(program);
    expect(
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ).toEqual([]);
    expect(files.length).toBeGreaterThan(6);
    // A compiler's start, with all types of Zod.
  }, 120_000);

  test.each(files.map((file, index) => [index + 1, file] as const))(
    'number %i defines an orchestration that renders',
    async (_, file) => {
      const exported = Object.values((await import(file)) as Record<string, Orchestration>);
      expect(exported.length).toBeGreaterThan(0);
      for (const orchestration of exported) {
        expect(renderOrchestrator(orchestration, { debug: {}, stateMachineArn })).toBeDefined();
      }
    },
  );
});
