import { createTree } from '@nx/devkit/testing';
import { expect, it } from 'vitest';
import { addOwner, removeOwner } from './codeowners.ts';

const file = '.github/CODEOWNERS';

it('keeps the lines of others, and one set of lines for each child however often it is told', () => {
  const tree = createTree();
  tree.write(file, '* @acme/platform\n/apps/key-rotation-old/ @acme/old\n');
  addOwner(tree, 'key-rotation', '@acme/security');
  addOwner(tree, 'key-rotation', '@acme/identity');
  expect(tree.read(file, 'utf8')).toBe(
    [
      '* @acme/platform',
      '/apps/key-rotation-old/ @acme/old',
      '/apps/key-rotation/ @acme/identity',
      '/libs/contracts/key-rotation/ @acme/identity',
      '',
    ].join('\n'),
  );
  removeOwner(tree, 'key-rotation');
  expect(tree.read(file, 'utf8')).toBe('* @acme/platform\n/apps/key-rotation-old/ @acme/old\n');
});

it('takes a team, a user or an address, and nothing that would add a line', () => {
  const tree = createTree();
  for (const owner of ['@acme/security', '@alice', 'alice@example.com']) {
    addOwner(tree, 'a', owner);
  }
  for (const owner of ['acme', '@acme/x y', '@acme\n* @mallory']) {
    expect(() => addOwner(tree, 'a', owner)).toThrow(/isn't a code owner/);
  }
});
