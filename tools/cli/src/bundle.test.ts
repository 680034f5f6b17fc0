import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from './testing/bundle.ts';
import type { Bundle, Ended } from './testing/bundle.ts';
import { testWorkspace } from './testing/workspace.ts';
import type { TestWorkspace } from './testing/workspace.ts';

let shipped: Bundle;
let workspace: TestWorkspace;
beforeAll(async () => {
  [shipped, workspace] = await Promise.all([bundle(), testWorkspace()]);
  await workspace.write('package.json', { type: 'module' });
});
afterAll(() => Promise.all([shipped, workspace].map((used) => used[Symbol.asyncDispose]())));

const harmony = (...args: readonly string[]): Promise<Ended> =>
  shipped.start(args, { cwd: workspace.root }).ended;

describe('what the user can put right, told by the bundle', () => {
  it('is a contract that cannot be defined, thrown by the sources that it loads', async () => {
    const contract = import.meta.resolve('@harmony/contract');
    const zod = import.meta.resolve('zod');
    await workspace.write(
      'libs/contracts/moon/src/index.ts',
      `import { defineContract } from '${contract}';
       import { z } from '${zod}';
       export const moon = defineContract({
         name: 'moon',
         payload: z.object({ phase: z.string().refine((text) => text !== '') }),
         configuration: z.strictObject({}),
         output: z.object({}),
         examples: [],
       });`,
    );
    const { status, stderr, stdout } = await harmony('contracts', 'snapshot');
    expect(stderr).toContain(
      'harmony: libs/contracts/moon/src/index.ts: The contract "moon" cannot be defined:',
    );
    expect(stderr).toContain('payload.phase');
    expect(stderr).not.toContain('fault of harmony');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('is a slip of the pen in a contract library, with its line', async () => {
    await workspace.write(
      'libs/contracts/mars/src/index.ts',
      'export const a = 1;\nexport const = 2;',
    );
    const { status, stderr } = await harmony('contracts', 'snapshot', 'libs/contracts/mars');
    expect(stderr).toMatch(
      /^harmony: libs\/contracts\/mars\/src\/index\.ts: it cannot be loaded: SyntaxError: .*index\.ts:2\)/,
    );
    expect(status).toBe(2);
  });

  it('is a contract library that is not there', async () => {
    const { status, stderr } = await harmony('contracts', 'snapshot', 'libs/contracts/sun');
    expect(stderr).toContain('there is no contract libs/contracts/sun. Known: mars');
    expect(status).toBe(2);
  });

  it('is an assembly that is not one', async () => {
    await workspace.write('empty/manifest.json', 'nothing');
    const { status, stderr } = await harmony('run', 'pond', '--assembly', 'empty');
    expect(stderr).toMatch(/^harmony: .*manifest\.json/);
    expect(stderr).not.toContain('fault of harmony');
    expect(status).toBe(2);
  });
});
