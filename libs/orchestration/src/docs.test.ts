import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import ts from 'typescript';
import { defineOrchestration } from './index.ts';
import type { Orchestration } from './index.ts';
import { renderOrchestrator } from './render/render-orchestrator.ts';
import { runCost } from './budget/index.ts';
import { payload, stateMachineArn } from './testing/children.ts';

const ROOT = join(import.meta.dirname, '..');
const DOCS = join(ROOT, '..', '..', 'docs', 'orchestration.md');

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
    const config = join(ROOT, '..', '..', 'tsconfig.base.json');
    const { config: json } = ts.readConfigFile(config, ts.sys.readFile) as { config: object };
    const { options } = ts.parseJsonConfigFileContent(json, ts.sys, ROOT);
    // Every example begins with all of the prelude.
    const program = ts.createProgram(files, { ...options, noUnusedLocals: false, noEmit: true });
    const found = ts.getPreEmitDiagnostics(program);
    expect(
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ).toEqual([]);
    expect(files.length).toBeGreaterThan(6);
  });

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

test('its table of costs is that of the budget', () => {
  const frame = (onTargetFailure?: 'continue') =>
    defineOrchestration({
      name: 'review',
      payload,
      targets: [],
      ...(onTargetFailure === undefined ? {} : { onTargetFailure }),
    });
  const rendered = (item: Orchestration) =>
    renderOrchestrator(item, { debug: {}, stateMachineArn });
  const row = (name: string) => {
    const cells =
      text
        .split('\n')
        .find((line) => line.startsWith(`| ${name}`))
        ?.split('|') ?? [];
    return { transitions: Number(cells[2]), events: Number(cells[3]) };
  };
  const empty = runCost(rendered(frame()), []);
  expect(row('a run without targets')).toEqual(empty);
  const more = (...runs: Parameters<typeof runCost>[1]) => {
    const { events, transitions } = runCost(rendered(frame()), runs);
    return { transitions: transitions - empty.transitions, events: events - empty.events };
  };
  expect(row('a target that runs')).toEqual(more({ ends: 'succeeded', delayed: false }));
  expect(row('a target that is left out')).toEqual(more({ ends: 'left out', delayed: false }));
  expect(runCost(rendered(frame('continue')), [])).toEqual(row('the same with `abort`'));
});
