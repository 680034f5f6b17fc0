import { describe, expect, it } from 'vitest';
import { invoke, messageOf } from '../testing/invoke.ts';

/** Each line of the code comes from the line of the same number in the source, plus two. */
function mapped(lines: readonly string[], source: string): string {
  const mappings = ['AAEA', ...lines.slice(1).map(() => 'AACA')].join(';');
  const map = { version: 3, sources: [source], names: [], mappings };
  const text = Buffer.from(JSON.stringify(map)).toString('base64');
  const url = `data:application/json;base64,${text}`;
  return [...lines, `//# sourceMappingURL=${url}`].join('\n');
}

const SOURCE = 'apps/pond/src/handlers/look.ts';
const traceOf = (result: unknown) => (result as { trace: string[] }).trace;

describe('the places that a handler names', () => {
  it('are those of its sources: in what it throws, and in what it logs', async () => {
    const code = mapped(
      [
        'export const handler = async () => {',
        'console.error(new Error("logged"));',
        'throw new Error("thrown"); };',
      ],
      SOURCE,
    );
    const { results, logs } = await invoke(code);
    expect(messageOf(results[0])).toBe('thrown');
    expect(traceOf(results[0])[1]).toMatch(
      /^ {4}at \S*handler \(apps\/pond\/src\/handlers\/look\.ts:5:1\)$/,
    );
    const logged = logs.map(({ text }) => text).join('\n');
    expect(logged).toContain(`(${SOURCE}:4:1)`);
    expect(logged).not.toContain('index.mjs');
  });

  it('are those of the sources while the code loads, and in a rejection that nobody handles', async () => {
    const loading = await invoke(mapped(['throw new Error("loading");'], SOURCE));
    expect(traceOf(loading.results[0])[1]).toContain(`${SOURCE}:3:1`);
    const late = mapped(
      [
        'export const handler = async () => {',
        'Promise.reject(new Error("late"));',
        'await new Promise((resolve) => setTimeout(resolve, 1000)); };',
      ],
      SOURCE,
    );
    const { results } = await invoke(late);
    expect(traceOf(results[0]).join('\n')).toContain(`${SOURCE}:4:1`);
  });

  it('leave out the way from the bundle to the sources, and stay as they are without a map', async () => {
    const climbing = await invoke(mapped(['throw new Error("no");'], '../../lambda/look.ts'));
    expect(traceOf(climbing.results[0])[1]).toContain('at lambda/look.ts:3:1');
    for (const comment of ['', '//# sourceMappingURL=gone.map', '//# sourceMappingURL=index.mjs']) {
      const { results } = await invoke(`throw new Error("no");\n${comment}`);
      expect(traceOf(results[0])[1]).toMatch(/index\.mjs:1:7$/);
    }
  });
});
