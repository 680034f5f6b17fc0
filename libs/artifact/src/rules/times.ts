import type { JsonSchema } from '@harmony/schema';
import { isTimestamp, schemaAt } from '@harmony/schema/paths';
import type { RuleFinding } from './finding.ts';
import { type Ordered, type OrderFinding, wavesOf } from './order.ts';

/** Step Functions' bound on Wait. https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
const MAX_WAIT_SECONDS = 99_999_999;

/** An execution lives one year, so a longer wait would never end. In seconds. */
const MAX_EXECUTION_SECONDS = 365 * 24 * 3600;

/** What times are checked against. */
export interface TimeFrame {
  readonly payload: JsonSchema;
  /** Of the orchestration, in seconds. */
  readonly timeout: number;
}

/** Seconds that an orchestration or one attempt of a target may take. */
export function checkTimeout(timeout: unknown): RuleFinding[] {
  if (isWhole(timeout, 1, MAX_EXECUTION_SECONDS)) return [];
  const range = `expected whole seconds from 1 to ${MAX_EXECUTION_SECONDS} (one year)`;
  return [{ code: 'TIMEOUT', path: 'timeout', reason: `${range}, got ${String(timeout)}` }];
}

/** A target as far as its times are concerned. */
export interface TimedTarget {
  readonly delay?: unknown;
  readonly delayUntil?: unknown;
  readonly timeout?: unknown;
}

/** Each of a target's times by itself, and all of them within the orchestration's own timeout. */
export function checkTimes(target: TimedTarget, frame: TimeFrame): RuleFinding[] {
  const { delay, delayUntil, timeout } = target;
  const findings = [
    ...(timeout === undefined ? [] : checkTimeout(timeout)),
    ...(delay === undefined ? [] : checkDelay(delay, frame)),
    ...(delayUntil === undefined ? [] : checkMoment(delayUntil, frame.payload)),
  ];
  if (findings.length > 0 || typeof timeout !== 'number') return findings;
  const waits = typeof delay === 'number' ? delay : 0;
  if (waits + timeout <= frame.timeout) return [];
  const own =
    waits === 0 ? `is ${timeout} seconds` : `is ${timeout} seconds, ${waits} after the start`;
  const reason = `${own}, but the orchestration's own timeout, ${frame.timeout}, ends the run before: lengthen that or shorten this`;
  return [{ code: 'TIMEOUT', path: 'timeout', reason }];
}

/** A target as far as the time is concerned that goes by before it ends. */
export interface TargetInChain extends Omit<Ordered, 'wave'> {
  readonly delay?: unknown;
  readonly timeout?: unknown;
}

/**
 * Targets whose own times would do, and which the times of those that they wait for push beyond the
 * orchestration's timeout: a delay that never ends, a child that is cut off while it still runs.
 * @param targets without cycles
 * @param timeout of the orchestration, in seconds
 */
export function checkChains(targets: readonly TargetInChain[], timeout: number): OrderFinding[] {
  const ends = new Map<string, number>();
  const waves = wavesOf(targets);
  const inOrder = targets.toSorted((a, b) => (waves.get(a.id) ?? 1) - (waves.get(b.id) ?? 1));
  const late = new Map<string, OrderFinding>();
  for (const { id, dependsOn = [], ...times } of inOrder) {
    const before = Math.max(0, ...dependsOn.map((other) => ends.get(other) ?? 0));
    const own = seconds(times.delay) + seconds(times.timeout);
    ends.set(id, before + own);
    if (own === 0 || own > timeout || before > timeout || before + own <= timeout) continue;
    const path = seconds(times.timeout) > 0 ? 'timeout' : 'delay';
    const taken = `delays and timeouts of what it waits for (${dependsOn.join(', ')}) may take ${before} seconds and its own ${own}`;
    const reason = `${taken}, but the orchestration's own timeout, ${timeout}, ends the run before: lengthen that or shorten these`;
    late.set(id, { target: id, code: path === 'timeout' ? 'TIMEOUT' : 'DELAY', path, reason });
  }
  return targets.flatMap(({ id }) => late.get(id) ?? []);
}

function seconds(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function checkDelay(delay: unknown, { timeout }: TimeFrame): RuleFinding[] {
  const finding = (reason: string): RuleFinding[] => [{ code: 'DELAY', path: 'delay', reason }];
  if (!isWhole(delay, 0, MAX_WAIT_SECONDS)) {
    const range = `expected whole seconds from 0 to ${MAX_WAIT_SECONDS}, as Step Functions' Wait`;
    return finding(`${range} takes them, got ${String(delay)}`);
  }
  if (delay >= MAX_EXECUTION_SECONDS) {
    const year = `an execution lives one year (${MAX_EXECUTION_SECONDS} seconds)`;
    return finding(`${delay} seconds would never end: ${year}`);
  }
  if (delay < timeout) return [];
  return finding(`${delay} seconds would never end: the orchestration's timeout is ${timeout}`);
}

function checkMoment(until: unknown, payload: JsonSchema): RuleFinding[] {
  const finding = (reason: string): RuleFinding[] => [
    { code: 'DELAY', path: 'delay.until', reason },
  ];
  if (typeof until !== 'string') {
    return finding('expected a path in the payload, such as "window.opens"');
  }
  const found = schemaAt(payload, until.split('.'));
  if (found === undefined) return finding(`the payload does not declare "${until}"`);
  if (!found.sure) return finding(`the payload may lack "${until}": make it required`);
  if (isTimestamp(found.schema)) return [];
  return finding(`"${until}" isn't a timestamp: declare it as z.iso.datetime({ offset: true })`);
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
