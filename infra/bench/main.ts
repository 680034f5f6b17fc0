/**
 * `nx bench infra [--runs=N]`: what a user waits for, as whole processes, in one run: `harmony run`
 * on an existing assembly against a bare Node and against synth; synth, all checks on, against a bare
 * CDK app and against loading aws-cdk-lib.
 * The runs of all commands take turns, so that a busy moment of the machine hits each alike.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, formatTable, goalLines, measure } from './measure.ts';

const infra = join(import.meta.dirname, '..');
const workspace = join(infra, '..');
const cli = join(workspace, 'tools', 'cli', 'dist', 'harmony.mjs');

const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs ${values.runs}: a whole number from 1 is expected.`);
  process.exit(2);
}
if (!existsSync(cli)) {
  console.error(`${cli} does not exist: build it first, with  npx nx build cli`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'harmony-bench-'));
const assembly = join(folder, 'cdk.out');
const input = join(infra, 'examples', 'account-review.json');
const commands = {
  node: { name: 'node -e 0', args: ['-e', '0'] },
  cdk: { name: 'loading aws-cdk-lib', args: ['--input-type=module', '-e', "import 'aws-cdk-lib'"] },
  // In turns with synth, validated as CDK does by default.
  bare: {
    name: 'a bare CDK app: one state machine, one function',
    args: [join(infra, 'bench', 'bare-app.ts'), join(folder, 'bare.out')],
  },
  synth: { name: 'synth', args: [join(infra, 'src', 'main.ts'), '--output', assembly] },
  // After synth in each turn: it reads what synth wrote.
  run: {
    name: 'harmony run account-review',
    args: [
      ...[cli, 'run', 'account-review', '--stage', 'prod', '--input', input],
      ...['--assembly', assembly, '--start-time', '2026-11-22T06:00:00Z', '--json'],
    ],
  },
} satisfies Record<string, Command>;

/** How a synth of one stage grows with its children. */
const growing = (children: number): Command => ({
  name: `synth of ${children} children and their orchestrator`,
  args: [
    join(infra, 'bench', 'synth-growth.ts'),
    ...['--children', `${children}`, '--output', join(folder, `${children}.out`)],
  ],
});
const growth = { 10: growing(10), 60: growing(60), 150: growing(150) };

try {
  const times = measure(commands, { runs, cwd: infra });
  console.log(formatTable(commands, times));
  console.log('');
  for (const line of goalLines([
    { name: 'harmony run / node -e 0', value: times.run.median / times.node.median, goal: 15 },
    { name: 'harmony run / synth', value: times.run.median / times.synth.median, goal: 0.25 },
    {
      name: 'synth of both stages / bare CDK app',
      value: times.synth.median / times.bare.median,
      goal: 1.4,
    },
    { name: 'synth / loading aws-cdk-lib', value: times.synth.median / times.cdk.median },
  ])) {
    console.log(line);
  }
  console.log('');
  console.log(formatTable(growth, measure(growth, { runs: Math.min(runs, 3), cwd: infra })));
} finally {
  rmSync(folder, { recursive: true });
}
