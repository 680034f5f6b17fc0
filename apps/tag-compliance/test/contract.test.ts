import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fuzzChild } from '@harmony/contract-checks/fuzz';
import { lintDefinition, lintText } from '@harmony/contract-checks/lint';
import { findStateMachine } from '@harmony/local';
import { type ChildUnderTest, synthesiseChild } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TagCompliance } from '../src/index.ts';

describe('tag-compliance and its contract', () => {
  let child: ChildUnderTest;
  beforeAll(async () => {
    child = await synthesiseChild('tag-compliance', (stack, stage) => {
      new TagCompliance(stack, 'Workflow', { stage });
    });
  });
  afterAll(() => child[Symbol.dispose]());

  it('reads only what the contract declares, in the file and as it is deployed', () => {
    const { definition, contract } = findStateMachine(child.stage, 'tag-compliance');
    if (!contract) expect.unreachable('the child carries its contract');
    const file = join(import.meta.dirname, '..', 'workflow.asl.yaml');
    expect(lintText(readFileSync(file, 'utf8'), 'workflow.asl.yaml', contract)).toMatchObject({
      valid: true,
      problems: [],
    });
    expect(lintDefinition(definition, contract).problems).toEqual([]);
  });

  it('runs through on generated valid inputs and refuses invalid ones', async () => {
    const workspaceRoot = join(import.meta.dirname, '../../..');
    const report = await fuzzChild({
      stage: child.stage,
      child: 'tag-compliance',
      workspaceRoot,
      runs: 15,
    });
    expect(report).not.toHaveProperty('failure');
    expect(report.valid + report.invalid).toBeGreaterThan(20);
  });
});
