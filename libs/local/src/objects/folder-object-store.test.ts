import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

  it('follows no symbolic link out of its folder, and those within it', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'secret'), 'x');
    await store.putObject('bucket', 'a', bytes('a'));
    symlinkSync(join(outside, 'secret'), join(root, 'bucket', 'link'));
    symlinkSync(outside, join(root, 'bucket', 'folder'));
    symlinkSync(outside, join(root, 'linked'));
    symlinkSync(join(root, 'bucket'), join(root, 'alias'));
    const refused = /leads out of .* by a symbolic link, which a local run does not follow/;
    await expect(store.getObject('bucket', 'link')).rejects.toThrow(refused);
    await expect(store.getObject('bucket', 'folder/secret')).rejects.toThrow(refused);
    await expect(store.putObject('bucket', 'link', bytes('y'))).rejects.toThrow(refused);
    await expect(store.putObject('bucket', 'folder/new', bytes('y'))).rejects.toThrow(refused);
    await expect(store.putObject('linked', 'new/er', bytes('y'))).rejects.toThrow(refused);
    await expect(store.listObjects('linked', '')).rejects.toThrow(refused);
    expect((await store.listObjects('bucket', '')).map(({ key }) => key)).toEqual(['a']);
    expect(new TextDecoder().decode(await store.getObject('alias', 'a'))).toBe('a');
    expect(readdirSync(outside)).toEqual(['secret']);
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('x');
    rmSync(outside, { recursive: true });
  });

  it('has no object where something without an end lies', async () => {
    await store.putObject('bucket', 'a', bytes('a'));
    execFileSync('mkfifo', [join(root, 'bucket', 'pipe')]);
    expect(await store.getObject('bucket', 'pipe')).toBeUndefined();
  });

  it('leaves nothing half-written', async () => {
    await store.putObject('bucket', 'a/b', bytes('1'));
    await expect(store.putObject('bucket', 'a', bytes('2'))).rejects.toThrow();
    expect((await store.listObjects('bucket', '')).map(({ key }) => key)).toEqual(['a/b']);
  });

  it.each([
    ['bucket', '../../outside'],
    ['..', 'outside'],
    ['', 'outside'],
  ])('never leaves its folder: %j, %j', async (bucket, key) => {
    await expect(store.putObject(bucket, key, bytes('x'))).rejects.toThrow('name no file');
  });
});
