import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testFolder, testFunction } from '../testing/functions.ts';
import type { TestFolder } from '../testing/functions.ts';
import { CodeFolders } from './code-folders.ts';
import { typeScriptSource } from './typescript.ts';

let home: TestFolder;
const write = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(home.path, path)), { recursive: true });
  await writeFile(join(home.path, path), text);
};
/** What becomes of a function in a folder below the home. */
const codeOf = async (folder: string, runtime = 'nodejs24.x') => {
  await using folders = new CodeFolders();
  return await folders.of(testFunction(join(home.path, folder), { runtime }));
};

beforeEach(async () => {
  home = await testFolder();
  vi.stubEnv('HOME', home.path);
  await write('.aws/cache/token.json', '{ "accessToken": "secret" }');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await home[Symbol.asyncDispose]();
});

describe('the code of a function', () => {
  it.each(['.', '..', '../..'])('is no folder that holds the home: %s', async (folder) => {
    await symlink(join(home.path, folder), join(home.path, 'link'));
    for (const way of [folder, 'link']) {
      expect(await codeOf(way)).toMatchObject({
        reason: expect.stringContaining('a folder that holds your home') as string,
      });
    }
  });

  it('bundles no file of a hidden folder of the home', async () => {
    const token = `import token from '../.aws/cache/token.json';`;
    await write('project/index.ts', `${token}\nexport const handler = () => token;`);
    expect(await codeOf('project')).toMatchObject({
      reason: expect.stringContaining('lies in a hidden folder of your home') as string,
    });
    const any = `(name: string) => import('../.aws/cache/' + name + '.json')`;
    await write('project/index.ts', `export const handler = ${any};`);
    expect(await codeOf('project')).toMatchObject({
      reason: expect.stringContaining('lies in a hidden folder of your home') as string,
    });
  });

  it('bundles what lies beside it, in a hidden folder too where all of it does', async () => {
    for (const place of ['', '.work/']) {
      await write(`${place}shared/words.json`, '{ "word": "typed" }');
      const words = `import { word } from '../shared/words.json';`;
      await write(`${place}project/index.ts`, `${words}\nexport const handler = () => word;`);
      expect(await codeOf(`${place}project`)).toHaveProperty('assetPath');
    }
  });

  it('is built from no file outside of its folder', async () => {
    await write('index.ts', 'export const handler = 1;');
    await mkdir(join(home.path, 'project'));
    const folder = join(home.path, 'project');
    expect(typeScriptSource(folder, '../index.handler')).toBeUndefined();
    await write('project/src/app.ts', '');
    expect(typeScriptSource(folder, 'src/app.handler')).toBe(join(folder, 'src/app.ts'));
  });
});
