import { spawnSync } from 'node:child_process';

/** A Node process to measure, by the arguments Node is started with. */
export interface Command {
  readonly name: string;
  readonly args: readonly string[];
}

/** Wall-clock times of one command's runs, in milliseconds. */
export interface Times {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Runs every command in turns, after one turn that is not counted and fills the caches. */
export function measure<Key extends string>(
  commands: Readonly<Record<Key, Command>>,
  { runs, cwd }: { readonly runs: number; readonly cwd: string },
): Record<Key, Times> {
  const keys = Object.keys(commands) as Key[];
  const samples = new Map(keys.map((key) => [key, [] as number[]]));
  for (let turn = 0; turn <= runs; turn++) {
    for (const key of keys) {
      const duration = time(commands[key], cwd);
      if (turn > 0) samples.get(key)?.push(duration);
    }
  }
  const times = keys.map((key) => [key, summarise(samples.get(key) ?? [])] as const);
  return Object.fromEntries(times) as Record<Key, Times>;
}

function time({ name, args }: Command, cwd: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const duration = performance.now() - start;
  // The time of a command that failed means nothing.
  if (status !== 0) throw new Error(`${name} ended with status ${status}:\n${stderr}`);
  return duration;
}

function summarise(samples: readonly number[]): Times {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

/** A line per command: median, fastest and slowest run. */
export function formatTable<Key extends string>(
  commands: Readonly<Record<Key, Command>>,
  times: Readonly<Record<Key, Times>>,
): string {
  const rows = (Object.keys(commands) as Key[]).map((key) => {
    const { median, min, max } = times[key];
    return [commands[key].name, ...[median, min, max].map((ms) => `${ms.toFixed(0)} ms`)];
  });
  return columns([['command', 'median', 'min', 'max'], ...rows]);
}

/** A ratio of medians, and what it should stay below. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  readonly goal?: number;
}

export function goalLines(ratios: readonly Ratio[]): string[] {
  const rows = ratios.map(({ name, value, goal }) => [
    name,
    `${value.toFixed(2)} times`,
    goal === undefined ? '' : `goal: below ${goal}`,
    goal === undefined ? '' : value < goal ? 'reached' : 'MISSED',
  ]);
  return columns([['ratio of medians', '', '', ''], ...rows]).split('\n');
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, index) =>
          index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0),
        )
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
