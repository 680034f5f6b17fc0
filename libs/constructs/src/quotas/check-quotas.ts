import { readFileSync } from 'node:fs';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { ConstructError } from '../errors.ts';
import type { QuotaUse } from './quota-use.ts';
import { quotasOf } from './template-quotas.ts';

/**
 * Refuses an assembly in which something is over a quota: its deployment would roll back.
 *
 * @throws ConstructError `QUOTA_EXCEEDED`, naming stack, resource, quota and what to do
 */
export function checkQuotas(assembly: CloudAssembly): void {
  const lines = assembly.stacksRecursively.flatMap((stack) =>
    quotasOf(readFileSync(stack.templateFullPath, 'utf8'), Object.keys(stack.tags).length)
      .filter(({ used, limit }) => used > limit)
      .map((use) => `  ${stack.stackName}: ${lineOf(use)}`),
  );
  if (lines.length === 0) return;
  throw new ConstructError(
    'QUOTA_EXCEEDED',
    `AWS would refuse what was synthesised:\n${lines.join('\n')}`,
  );
}

function lineOf({ quota, resource, used, limit, advice }: QuotaUse): string {
  const where = resource === undefined ? '' : ` (${resource})`;
  const figure = (number: number) => number.toLocaleString('en-US');
  return `${quota}${where}: ${figure(used)} of ${figure(limit)}. To do: ${advice}.`;
}
