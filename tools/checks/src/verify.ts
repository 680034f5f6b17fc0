/**
 * `npm test`: every check of the workspace through Nx, then what a person wants to know of it: what
 * failed, and how many tests passed, also those whose result came from the cache.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './workspace.ts';

const targets = [
  'format',
  'lint',
  'knip',
  'typecheck',
  'build',
  'test',
  'validate',
  'synth',
  'contract',
];
/**
 * Does nothing but wait for the tests that take longest. Nx starts first what others wait for; alone at
 * the end they would leave processors idle.
 */
const longest = 'longest';

// Counts of an earlier run must not stand in for tests that this one never reached; Nx puts those of
// cached runs back.
for (const file of reports()) rmSync(file);

const started = Date.now();
const { status } = spawnSync(
  'nx',
  ['run-many', '--targets', [...targets, longest].join(','), ...process.argv.slice(2)],
  {
    cwd: workspaceRoot,
    stdio: 'inherit',
  },
);
const { passed, failed } = countTests();
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  status === 0
    ? `\nEvery check passed (${targets.join(', ')}) in ${seconds} s. Tests:`
    : `\nNot every check passed; Nx names the failed tasks above. After ${seconds} s. Tests:`,
);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = status === 0 && failed === 0 ? 0 : 1;

function reports(): string[] {
  return globSync('{infra,{apps,libs,tools}/*,libs/contracts/*}/.harmony/tests.json', {
    cwd: workspaceRoot,
  }).map((file) => join(workspaceRoot, file));
}

function countTests() {
  const counts = { passed: 0, failed: 0 };
  for (const file of reports()) {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    counts.passed += report['numPassedTests'] ?? 0;
    counts.failed += report['numFailedTests'] ?? 0;
  }
  return counts;
}
