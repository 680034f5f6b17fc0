import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleHandlers } from './bundle-handlers.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'harmony-bundle-'));
  await write('apps/one/package.json', '{"nx":{"tags":["scope:child","child:one"]}}');
  await write('apps/two/package.json', '{"nx":{"tags":["scope:child","child:two"]}}');
  await write('libs/shared/package.json', '{"nx":{"tags":["scope:handler"]}}');
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), content);
}

const child = () => join(root, 'apps/one');

describe('bundling the handlers of a child', () => {
  it('puts each handler with what it imports into a folder of its own, tests left out', async () => {
    await write('libs/shared/index.ts', `export const shared: string = 'shared';`);
    await write(
      'apps/one/src/handlers/check-input.ts',
      `import { shared } from '../../../../libs/shared/index.ts'; export const handler = () => shared;`,
    );
    await write('apps/one/src/handlers/find.ts', `export const handler = () => 'found';`);
    await write('apps/one/src/handlers/find.test.ts', `throw new Error('not a handler');`);
    expect(await bundleHandlers(child())).toEqual(['check-input', 'find']);
    expect((await readdir(join(child(), 'dist'))).sort()).toEqual(['check-input', 'find']);
    const bundle = (await import(join(child(), 'dist/check-input/index.mjs'))) as {
      handler: () => string;
    };
    expect(bundle.handler()).toBe('shared');
  });

  it('names the sources in its map as the workspace does, packages wherever they lie', async () => {
    await write('nx.json', '{}');
    await write('node_modules/soap/package.json', '{"main":"index.js"}');
    await write('node_modules/soap/index.js', 'exports.wash = () => 1;');
    await write('libs/shared/index.ts', `export const shared: string = 'shared';`);
    await write(
      'apps/one/src/handlers/check-input.ts',
      `import { wash } from 'soap'; import { shared } from '../../../../libs/shared/index.ts';
       export const handler = () => [wash(), shared];`,
    );
    await bundleHandlers(child());
    const bundle = await readFile(join(child(), 'dist/check-input/index.mjs'), 'utf8');
    expect(bundle.trimEnd()).toMatch(/\n\/\/# sourceMappingURL=index\.mjs\.map$/);
    const text = await readFile(join(child(), 'dist/check-input/index.mjs.map'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      sources: expect.arrayContaining([
        'apps/one/src/handlers/check-input.ts',
        'libs/shared/index.ts',
        'node_modules/soap/index.js',
      ]),
    });
    expect(text).not.toContain(root);
  });

  it('leaves nothing of a handler that is gone', async () => {
    await write('apps/one/src/handlers/check-input.ts', 'export const handler = () => 1;');
    await write('apps/one/dist/gone/index.mjs', '');
    await bundleHandlers(child());
    expect(existsSync(join(child(), 'dist/gone'))).toBe(false);
  });

  it('writes the same bytes in another folder', async () => {
    const source = `import { basename } from 'node:path'; export const handler = basename;`;
    for (const folder of ['apps/one', 'elsewhere/deeper/one']) {
      await write(`${folder}/package.json`, '{}');
      await write(`${folder}/src/handlers/check-input.ts`, source);
      await bundleHandlers(join(root, folder));
    }
    const [one, other] = await Promise.all(
      ['apps/one', 'elsewhere/deeper/one'].map((folder) =>
        readFile(join(root, folder, 'dist/check-input/index.mjs'), 'utf8'),
      ),
    );
    expect(one).toBe(other);
  });

  it('refuses CDK, also where a file between brings it in, and names the file', async () => {
    await write('node_modules/aws-cdk-lib/package.json', '{"main":"index.js"}');
    await write('node_modules/aws-cdk-lib/index.js', 'exports.Stack = class {};');
    await write('libs/shared/index.ts', `export { Stack } from 'aws-cdk-lib';`);
    await write(
      'apps/one/src/handlers/check-input.ts',
      `import { Stack } from '../../../../libs/shared/index.ts'; export const handler = Stack;`,
    );
    await expect(bundleHandlers(child())).rejects.toMatchObject({
      code: 'FORBIDDEN_IN_BUNDLE',
      message: expect.stringMatching(
        /^src\/handlers\/check-input\.ts reaches .*aws-cdk-lib\/index\.js, which is CDK/,
      ),
    });
    expect(existsSync(join(child(), 'dist'))).toBe(false);
  });

  it("refuses another child's code", async () => {
    await write('apps/two/src/util.ts', 'export const util = () => 2;');
    await write(
      'apps/one/src/handlers/check-input.ts',
      `import { util } from '../../../two/src/util.ts'; export const handler = util;`,
    );
    await expect(bundleHandlers(child())).rejects.toMatchObject({
      code: 'FORBIDDEN_IN_BUNDLE',
      message: expect.stringContaining('belongs to another child'),
    });
  });

  it('says so when there is no handler', async () => {
    await expect(bundleHandlers(child())).rejects.toMatchObject({ code: 'HANDLERS_MISSING' });
  });
});
