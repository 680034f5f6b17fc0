/**
 * The CDK app: `node infra/src/main.ts [--output DIR] [--stack ID]` writes the assembly of every
 * stage, to infra/cdk.out unless told by `--output` or by the CDK CLI's `CDK_OUTDIR`. With `--stack`
 * it is of that one stack, whatever state the others are in. `HARMONY_COMMIT`, if set, is the tag
 * `commit` of every stack.
 */
// First, and in this order: what these start goes on while all else is loaded.
import './compile-cache.ts';
import './cloudformation.ts';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadStacks, synthesise } from '@harmony/constructs';
import { addChecks } from './checks.ts';
import { stages } from './stages.ts';

const { values } = parseArgs({
  options: { output: { type: 'string' }, stack: { type: 'string' } },
});
const outdir =
  values.output ?? process.env['CDK_OUTDIR'] ?? join(import.meta.dirname, '..', 'cdk.out');

try {
  const stacks = await loadStacks(join(import.meta.dirname, 'stacks'), values.stack);
  const commit = process.env['HARMONY_COMMIT'];
  synthesise({ outdir, stages, stacks, checks: addChecks, ...(commit ? { commit } : {}) });
} catch (error) {
  // CDK has printed its findings; a stack trace into it would bury them.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
