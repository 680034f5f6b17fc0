import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commonJsImports } from '../commonjs-imports.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harmony-bundle-'));
  await writeFile(join(folder, 'client.cjs'), 'exports.Client = class {};');
  await writeFile(join(folder, 'own.mjs'), "export { Client } from './client.cjs';");
});
afterAll(() => rm(folder, { recursive: true }));

/** Bundles as build.mjs does, and runs the bundle. */
async function bundleOf(source: string) {
  await writeFile(join(folder, 'main.mjs'), source);
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['main.mjs'],
    outdir: join(folder, 'dist'),
    outExtension: { '.js': '.mjs' },
    ...{ bundle: true, format: 'esm', platform: 'node', splitting: true, metafile: true },
  });
  const url = `${join(folder, 'dist', 'main.mjs')}?${Math.random()}`;
  const { found } = (await import(/* @vite-ignore */ url)) as { found: string };
  return { found, broken: commonJsImports(metafile) };
}

describe('named exports in the bundle', () => {
  it('are lost where a CommonJS package is imported dynamically, and that is found', async () => {
    expect(
      await bundleOf("export const found = typeof (await import('./client.cjs')).Client;"),
    ).toEqual({ found: 'undefined', broken: ['main.mjs imports client.cjs'] });
  });

  it('are there where a module in between imports it statically', async () => {
    expect(
      await bundleOf("export const found = typeof (await import('./own.mjs')).Client;"),
    ).toEqual({ found: 'function', broken: [] });
  });
});
