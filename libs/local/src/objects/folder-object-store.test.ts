import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectStore } from '@harmony/engine';
import { folderObjectStore } from './folder-object-store.ts';

let root: string;
let store: ObjectStore;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'objects-'));
  store = folderObjectStore(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('folderObjectStore', () => {
  it('gives back what was put, and undefined for what was not', async () => {
    await store.putObject('bucket', 'a/b.json', bytes('[1]'));
    expect(new TextDecoder().decode(await store.getObject('bucket', 'a/b.json'))).toBe('[1]');
    expect(await store.getObject('bucket', 'a')).toBeUndefined();
    expect(await store.getObject('other', 'a/b.json')).toBeUndefined();
  });

  it('lists a bucket’s objects by prefix, in the order of their keys', async () => {
    for (const key of ['in/2', 'in/1', 'out/3']) await store.putObject('bucket', key, bytes(key));
    const listed = await store.listObjects('bucket', 'in/');
    expect(listed.map(({ key, size }) => [key, size])).toEqual([
      ['in/1', 4],
      ['in/2', 4],
    ]);
    expect(await store.listObjects('none', '')).toEqual([]);
  });

  it.each([
    ['bucket', '../../outside'],
    ['..', 'outside'],
    ['', 'outside'],
  ])('never leaves its folder: %j, %j', async (bucket, key) => {
    await expect(store.putObject(bucket, key, bytes('x'))).rejects.toThrow('name no file');
  });
});
