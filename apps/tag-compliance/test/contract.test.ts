import { checkOwnContract, synthesiseChild } from '@harmony/testing';
import { expect, it } from 'vitest';
import { TagCompliance } from '../src/index.ts';

it('tag-compliance reads only what its contract declares, and runs on whatever that accepts', async () => {
  using child = await synthesiseChild('tag-compliance', (stack, stage) => {
    new TagCompliance(stack, 'Workflow', { stage });
  });
  const { lint, fuzz } = await checkOwnContract(child);
  expect(lint).toEqual([]);
  expect(fuzz).not.toHaveProperty('failure');
  expect(fuzz.valid + fuzz.invalid).toBeGreaterThan(20);
});
