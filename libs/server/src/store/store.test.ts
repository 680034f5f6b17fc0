import { expect, it } from 'vitest';
import type { ExecutionRow } from './rows.ts';
import { Store } from './store.ts';

const row: ExecutionRow = {
  executionArn: 'arn:1',
  stateMachineArn: 'arn:m',
  versionArn: null,
  aliasArn: null,
  mapRunArn: null,
  name: '1',
  status: 'RUNNING',
  startDate: 0,
  stopDate: null,
  input: '{}',
  output: null,
  error: null,
  cause: null,
  redriveCount: 0,
  redriveDate: null,
  definition: null,
};

it('what could not be written is refused to who waits for it, and what comes next is kept', async () => {
  const faults: unknown[] = [];
  using store = new Store(':memory:', (error) => faults.push(error));
  store.insertExecution(row);
  // A row that SQLite refuses, as a full disk would refuse any.
  store.insertExecution({ ...row, executionArn: 'arn:2', name: null as unknown as string });
  await expect(store.flushed()).rejects.toThrow('NOT NULL');
  expect(faults).toHaveLength(1);
  expect(store.execution('arn:1')).toBeUndefined();
  store.insertExecution(row);
  await store.flushed();
  expect(store.execution('arn:1')).toMatchObject({ name: '1' });
});
