/**
 * nx bench engine: this engine against aws-local-stepfunctions, each scenario in a process of its
 * own so that memory and optimised code are its own. `--json [FILE]` writes the numbers as JSON.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measure, peakMemoryMb, type Measurement } from './measure.ts';
import { scenarios } from './scenarios.ts';

interface Result extends Measurement {
  readonly peakMemoryMb: number;
}

interface Goal {
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
}

const only = process.argv.indexOf('--scenario');
if (only >= 0) {
  const scenario = scenarios[process.argv[only + 1] ?? ''];
  if (scenario === undefined) throw new Error('unknown scenario');
  const result = process.argv.includes('--memory') ? peakMemoryMb(scenario) : measure(scenario);
  process.stdout.write(JSON.stringify(await result));
} else {
  report();
}

function report(): void {
  const script = fileURLToPath(import.meta.url);
  const ask = (key: string, ...flags: string[]): unknown =>
    JSON.parse(
      execFileSync(process.execPath, [script, '--scenario', key, ...flags], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
  const results: { [key: string]: Result } = {};
  for (const key of Object.keys(scenarios)) {
    results[key] = {
      ...(ask(key) as Measurement),
      peakMemoryMb: ask(key, '--memory') as number,
    };
  }
  const goals = judge(results);
  console.table(
    Object.entries(results).map(([key, result]) => ({
      scenario: result.name,
      engine: key.endsWith('/other') ? 'aws-local-stepfunctions 3.0.0' : 'harmony',
      'per second': Math.round(result.perSecond),
      [`µs each`]: Number(result.microsecondsPerUnit.toFixed(1)),
      'peak MB': Math.round(result.peakMemoryMb),
    })),
  );
  console.table(goals);
  const json = process.argv.indexOf('--json');
  if (json >= 0) {
    const text = `${JSON.stringify({ node: process.version, results, goals }, null, 2)}\n`;
    const file = process.argv[json + 1];
    if (file === undefined) process.stdout.write(text);
    else writeFileSync(file, text);
  }
}

function judge(results: { [key: string]: Result }): Goal[] {
  const rate = (key: string): number => results[key]?.perSecond ?? Number.NaN;
  const ratio = (a: string, b: string): number => rate(a) / rate(b);
  const chain = ratio('chain/harmony', 'chain/other');
  const map = ratio('map1k/harmony', 'map1k/other');
  const growth = ratio('map1k/harmony', 'map100k/harmony');
  const memory = results['map100k/harmony']?.peakMemoryMb ?? Number.NaN;
  return [
    { goal: '3 Pass states: at least 8 times', measured: chain.toFixed(1), met: chain >= 8 },
    { goal: 'Map of 1,000: at least 5 times', measured: map.toFixed(1), met: map >= 5 },
    {
      goal: 'cost per item of 100,000 within 1.5 times of 1,000',
      measured: growth.toFixed(2),
      met: growth <= 1.5,
    },
    {
      goal: 'peak memory of 100,000 under 300 MB',
      measured: `${memory.toFixed(0)} MB`,
      met: memory < 300,
    },
  ];
}
