import { createTree } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import { childrenOf, definitionOf } from './workspace.ts';

function tree(...files: readonly string[]) {
  const made = createTree();
  for (const file of files) made.write(file, '');
  return made;
}

describe('the children of a workspace', () => {
  it('have their state machine in YAML or in JSON', () => {
    const made = tree('apps/a/workflow.asl.yaml', 'apps/b/workflow.asl.json', 'apps/c/main.ts');
    expect(childrenOf(made)).toEqual(['a', 'b']);
    expect(definitionOf(made, 'a')).toBe('apps/a/workflow.asl.yaml');
    expect(definitionOf(made, 'b')).toBe('apps/b/workflow.asl.json');
    expect(() => definitionOf(made, 'c')).toThrow('Known: a, b');
  });

  it('have one only: two are refused, with what to do', () => {
    const made = tree('apps/a/workflow.asl.yaml', 'apps/a/workflow.asl.json');
    expect(() => definitionOf(made, 'a')).toThrow(
      'apps/a holds both workflow.asl.yaml and workflow.asl.json: keep the one you mean and remove the other.',
    );
  });
});
