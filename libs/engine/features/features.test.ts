import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../src/json.ts';
import { TaskFailure, type ObjectStore, type TaskRequest } from '../src/index.ts';
import { run } from '../src/testing/run.ts';
import { features, type Example } from './features.ts';
import { featureTable } from './table.ts';

const named = features.flatMap(({ group, name, examples }) =>
  examples.map((example) => ({ name: `${group}: ${name} (${example.language})`, example })),
);

describe('every feature of the table', () => {
  it.each(named)('$name', async ({ example }) => {
    const { states, language, output, error, status, task, objects, ...options } = example;
    const { result } = await run(
      { QueryLanguage: language, StartAt: Object.keys(states)[0] ?? '', States: { ...states } },
      { ...options, objectStore: storeOf(objects), task: (request) => answer(task, request) },
    );
    expect(result.status, result.cause).toBe(
      status ?? (error === undefined ? 'SUCCEEDED' : 'FAILED'),
    );
    expect(result.error).toBe(error);
    expect(result.output).toEqual(output);
  });

  it('is in docs/engine.md as it is here (libs/engine/features/write.ts writes it)', () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../../docs/engine.md'), 'utf8');
    expect(squeeze(text)).toContain(squeeze(featureTable(features)));
  });
});

describe('the ten lines in docs/engine.md', () => {
  it('are embed.ts, and run', async () => {
    const docs = readFileSync(resolve(import.meta.dirname, '../../../docs/engine.md'), 'utf8');
    const code = readFileSync(resolve(import.meta.dirname, 'embed.ts'), 'utf8');
    // Whoever embeds the engine imports the package.
    expect(docs).toContain(code.replace('../src/index.ts', '@harmony/engine'));
    expect(await import('./embed.ts')).toMatchObject({
      status: 'SUCCEEDED',
      output: { name: 'Ada' },
    });
  });
});

function answer(task: Example['task'], request: TaskRequest): Json | Promise<Json> {
  if (isObject(task) && Array.isArray(task['fail'])) {
    throw new TaskFailure(String(task['fail'][0]), String(task['fail'][1]));
  }
  if (isObject(task) && task['never'] === true) {
    request.park();
    return new Promise(() => {});
  }
  return task ?? request.input;
}

function storeOf(objects: Example['objects'] = {}): ObjectStore {
  return {
    getObject: async (bucket, key) => {
      const text = objects[`${bucket}/${key}`];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    putObject: async () => {},
    listObjects: async () => [],
  };
}

/** Column widths are a formatter's business. */
function squeeze(text: string): string {
  return text.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ');
}
