import type { Scenario } from './scenarios.ts';

export interface Measurement {
  readonly name: string;
  readonly unit: string;
  /** Units per second of processor time (garbage collection included), the mean of all rounds. */
  readonly perSecond: number;
  readonly microsecondsPerUnit: number;
}

/** Microseconds of processor time. */
const warmUp = 1_000_000;
const measured = 3_000_000;

/**
 * Warms up, then repeats the scenario. Processor time, not wall-clock time: what else the machine
 * does must not decide which engine is faster.
 */
export async function measure(scenario: Scenario): Promise<Measurement> {
  const run = await scenario.prepare();
  const repeat = async (cpu: number): Promise<number> => {
    const start = cpuTime();
    let units = 0;
    let spent = 0;
    do {
      units += await run();
      spent = cpuTime() - start;
    } while (spent < cpu);
    return (units * 1e6) / spent;
  };
  await repeat(warmUp);
  const perSecond = await repeat(measured);
  return {
    name: scenario.name,
    unit: scenario.unit,
    perSecond,
    microsecondsPerUnit: 1e6 / perSecond,
  };
}

/** Peak resident memory in MB of this process after it has run the scenario once, and only that. */
export async function peakMemoryMb(scenario: Scenario): Promise<number> {
  const run = await scenario.prepare();
  await run();
  // maxRSS is in kilobytes.
  return process.resourceUsage().maxRSS / 1024;
}

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
