import { describe, expect, it } from 'vitest';
import { invoke, messageOf, typeOf } from '../testing/invoke.ts';
import { parseRuntimeMessage } from './runtime-message.ts';

const BROKEN = 'the function wrote to file descriptor 3, or changed what its runtime writes with';

describe('a handler that gets between its runtime and the host', () => {
  it.each([
    ['writes no JSON to the channel', `writeSync(3, 'hello\\n')`],
    ['writes JSON of its own', `writeSync(3, '{"type":"error","requestId":1}\\n')`],
    [
      'answers with what is no JSON',
      `writeSync(3, '{"type":"response","requestId":"request-0","json":"{"}\\n')`,
    ],
    ['writes without an end', `for (let i = 0; i < 700; i++) writeSync(3, 'x'.repeat(65536))`],
    [
      'patches JSON',
      `JSON.stringify = () => 'mine'; JSON.parse = () => 1; Object.prototype.toJSON = () => 'x'`,
    ],
  ])('and %s ends its own invocation, and is not used again', async (_what, deed) => {
    const { results } = await invoke(
      `
      import { writeSync } from 'node:fs';
      let calls = 0;
      export const handler = async ({ bad }) => {
        if (bad) { ${deed}; await new Promise((done) => setTimeout(done, 2000)); }
        return ++calls;
      };`,
      [{ bad: true }, {}],
    );
    expect(typeOf(results[0])).toBe('Runtime.ExitError');
    expect(messageOf(results[0])).toContain(BROKEN);
    expect(results[1]).toBe(1);
  });

  it('by JSON.stringify alone changes its own answers, not what the runtime says', async () => {
    const { results } = await invoke(
      `export const handler = () => { JSON.stringify = () => '"mine"'; return { a: 1 }; };`,
    );
    expect(results).toEqual([{ a: 1 }]);
  });
});

describe('a message of the runtime', () => {
  it.each([
    { type: 'ready' },
    { type: 'log', stream: 'stderr', text: 'a' },
    { type: 'response', requestId: 'r', json: 'null' },
    { type: 'crash', error: { errorType: 'E', errorMessage: 'm', trace: ['a'] } },
  ])('%j is read', (message) => {
    expect(parseRuntimeMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each([
    '',
    '[]',
    'null',
    '{"type":"stop"}',
    '{"type":"log","stream":"stdin","text":""}',
    '{"type":"response","requestId":"r","json":"{"}',
    '{"type":"crash","error":{"errorType":"E","errorMessage":1}}',
    '{"type":"error","requestId":"r","error":{"errorType":"E","errorMessage":"m","trace":[1]}}',
  ])('%s is none', (line) => {
    expect(parseRuntimeMessage(line)).toBeUndefined();
  });
});

describe('what a handler writes without a line’s end', () => {
  it('comes in pieces of 256 KiB, whole', async () => {
    const { results, logs } = await invoke(`
      export const handler = () => {
        for (let i = 0; i < 20; i++) process.stdout.write('a'.repeat(1024 * 1024));
        return 'done';
      };`);
    expect(results).toEqual(['done']);
    const texts = logs.map(({ text }) => text);
    expect(Math.max(...texts.map(({ length }) => length))).toBe(256 * 1024);
    expect(texts.join('').length).toBe(20 * 1024 * 1024);
  });
});
