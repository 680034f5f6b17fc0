import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemWith, type Case } from './checks.ts';

const folder = join(import.meta.dirname, 'cases');

it.each(readdirSync(folder))('%s, which once failed, does not', async (file) => {
  const tried = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Case;
  expect(await problemWith(tried)).toBeUndefined();
});

it('tells a run that nothing can end', async () => {
  const state = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { 'token.$': '$$.Task.Token' },
    End: true,
  };
  const definition = { StartAt: 'Waits', States: { Waits: state } };
  const problem = await problemWith({ kind: 'definition', definition, input: {} });
  expect(problem).toContain('stalled');
});
