/**
 * How the workspace grows: `nx bench nx-plugin`, or `nx bench nx-plugin --children 10,50,100`.
 *
 * For each size, a copy of this workspace gets children until it has that many, all by the generators;
 * then everything is run once, again from the cache, and once more after a change in one child. The
 * times of one size come from one run and are compared with each other only.
 */
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { childWorkflowGenerator, orchestrationGenerator } from '../src/generators/index.ts';
import { copyWorkspace, generate, runTasks, type WorkspaceCopy } from '../src/testing/index.ts';

/** What `npm test` runs; `--targets build,synth` measures a part of it. */
const ALL_TARGETS = 'format,lint,typecheck,build,test,validate,synth,contract';
/** Its tests copy the workspace and run all of this again. */
const EXCLUDED = 'checks';

const { values } = parseArgs({
  options: {
    children: { type: 'string', default: '10' },
    targets: { type: 'string', default: ALL_TARGETS },
  },
});
const sizes = values.children.split(',').map(Number);
if (sizes.some((size) => !Number.isSafeInteger(size) || size < 4)) {
  throw new RangeError(`--children ${values.children}: whole numbers from 4, separated by commas`);
}

let missed = 0;
for (const size of sizes) await measure(size);
process.exitCode = missed === 0 ? 0 : 1;

async function measure(size: number): Promise<void> {
  console.log(`\n${size} children`);
  await using workspace = await copyWorkspace(join(import.meta.dirname, '../../..'));
  await timed(`made by the generators`, () => grow(workspace, size));
  await workspace.commit('Grown');

  await rm(join(workspace.root, '.nx'), { recursive: true, force: true });
  await timed('project graph, cold', () => nx(workspace, ['show', 'projects']));
  await timed('project graph, warm', () => nx(workspace, ['show', 'projects']));

  const all = ['run-many', `--targets=${values.targets}`, `--exclude=${EXCLUDED}`];
  const everything = await timed('everything', () => run(workspace, all));
  console.log(`    ran ${everything.result.length} tasks`);
  const cached = await timed('everything, cached', () => run(workspace, all));
  await timed('synth alone', () =>
    exec(workspace, 'node', ['infra/src/main.ts', '--output', '.nx/out']),
  );

  const child = 'bench-001';
  await appendFile(
    join(workspace.root, `apps/${child}/src/find-aliases.ts`),
    '\n// A comment more.\n',
  );
  const affected = await timed(`a change in ${child}`, () =>
    run(workspace, [
      'affected',
      `--targets=${values.targets}`,
      `--exclude=${EXCLUDED}`,
      '--base=HEAD',
    ]),
  );
  console.log(`    ran ${affected.result.length} tasks: ${affected.result.join(' ')}`);

  const others = affected.result.filter(
    (task) => ![child, 'infra'].includes(task.split(':')[0] ?? ''),
  );
  goal('a change runs its child’s tasks and infra’s only', others.length === 0, others.join(' '));
  goal(
    'nothing runs again when all is cached',
    cached.result.length === 0,
    cached.result.join(' '),
  );
  ratio('a fully cached run', cached.seconds / everything.seconds, 1 / 20);
  if (size >= 100) ratio('a change in one child', affected.seconds / everything.seconds, 1 / 10);
}

async function grow(workspace: WorkspaceCopy, size: number): Promise<void> {
  // Those of the workspace itself count.
  const { stdout } = await workspace.exec('git', ['ls-files', 'apps/*/workflow.asl.*']);
  const present = stdout.trim().split('\n').length;
  const names = Array.from(
    { length: size - present },
    (_, index) => `bench-${String(index + 1).padStart(3, '0')}`,
  );
  const progress = progressOf('children made');
  for (const [index, name] of names.entries()) {
    await generate(workspace, childWorkflowGenerator, { name });
    progress(index + 1);
  }
  await generate(workspace, orchestrationGenerator, { name: 'bench-all', children: names });
}

function run(workspace: WorkspaceCopy, args: readonly string[]) {
  return runTasks(workspace, args, progressOf('tasks ended'));
}

/** Says how far a long step is, at most every 15 seconds: one with 100 children takes many minutes. */
function progressOf(what: string): (count: number) => void {
  const start = performance.now();
  let last = start;
  return (count) => {
    const now = performance.now();
    if (now - last < 15_000) return;
    last = now;
    console.log(`    … ${count} ${what} after ${((now - start) / 1000).toFixed(0)} s`);
  };
}

function nx(workspace: WorkspaceCopy, args: readonly string[]) {
  return exec(workspace, 'nx', args);
}

async function exec(workspace: WorkspaceCopy, command: string, args: readonly string[]) {
  const { status, stdout, stderr } = await workspace.exec(command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

async function timed<T>(what: string, work: () => Promise<T>) {
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  console.log(`  ${what.padEnd(28)}${seconds.toFixed(1).padStart(8)} s`);
  return { seconds, result };
}

function goal(what: string, met: boolean, detail: string): void {
  if (!met) missed += 1;
  console.log(`  ${met ? 'met   ' : 'MISSED'} ${what}${met ? '' : `: ${detail}`}`);
}

function ratio(what: string, value: number, limit: number): void {
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  goal(
    `${what} takes ${percent(value)} of everything; goal: under ${percent(limit)}`,
    value < limit,
    'too slow',
  );
}
