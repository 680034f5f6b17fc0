import { expect, test } from 'vitest';
import { countFindings, type Finding, findingLine, passes } from './finding.ts';

const finding: Finding = {
  code: 'FIELD_UNDECLARED',
  severity: 'error',
  path: '/States/Rest/Seconds',
  message: 'is no field\n  of the contract',
};

test('a finding is one line: place, severity, path, message and code', () => {
  expect(findingLine(finding)).toBe(
    'error: /States/Rest/Seconds: is no field of the contract (FIELD_UNDECLARED)',
  );
  const file = 'apps/audit/workflow.asl.yaml';
  expect(findingLine({ ...finding, file, line: 3, column: 7, path: '' })).toBe(
    `${file}:3:7: error: is no field of the contract (FIELD_UNDECLARED)`,
  );
});

test('what to do stands on a line of its own', () => {
  expect(findingLine({ ...finding, fix: 'Declare it.' }).split('\n')[1]).toBe(
    '    Fix: Declare it.',
  );
});

test('only errors make a check say no', () => {
  const warning: Finding = { ...finding, severity: 'warning' };
  expect([passes([]), passes([warning]), passes([warning, finding])]).toEqual([true, true, false]);
  expect(countFindings([warning, finding])).toEqual({ error: 1, warning: 1, notice: 0 });
});
