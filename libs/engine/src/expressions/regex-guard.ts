import { createContext, Script } from 'node:vm';
import { countWork } from './work-done.ts';

/** Who says how long a search may still take. */
export interface Deadline {
  readonly remainingMs: number;
  /** Throws what the evaluation ends with when its time is over. */
  timedOut(): never;
}

/** Steps below which a search is run as it is: starting a watchdog costs about 0.2 ms. */
const safeSteps = 1e6;

/**
 * An empty context, used for its watchdog only: V8 interrupts whatever the script calls, a
 * backtracking search included, when the script times out. The script is fixed text; nothing of the
 * user is compiled.
 */
const sandbox = createContext(Object.create(null) as object) as {
  run?: (() => unknown) | undefined;
};
const call = new Script('run()');

/** What a watched search counts as: it may take its whole second. */
const LONG_WORK = 1_000_000;

/** Runs what may take long, and ends it when the time is over. */
export function watched<T>(run: () => T, deadline: Deadline): T {
  countWork(LONG_WORK);
  sandbox.run = run;
  try {
    return call.runInContext(sandbox, { timeout: deadline.remainingMs }) as T;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') deadline.timedOut();
    throw error;
  } finally {
    sandbox.run = undefined;
  }
}

/** `RegExp.prototype.exec` that always comes back, whatever the pattern. */
export function exec(regex: RegExp, text: string, deadline: Deadline): RegExpExecArray | null {
  return steps(regex, text.length) <= safeSteps
    ? regex.exec(text)
    : watched(() => regex.exec(text), deadline);
}

interface Factor {
  readonly base: number;
  readonly power: number;
}

const factors = new Map<string, Factor>();
const maxCached = 1_000;

/** An upper bound of the steps that a search takes. */
function steps(regex: RegExp, length: number): number {
  let factor = factors.get(regex.source);
  if (factor === undefined) {
    factor = factorOf(regex.source);
    if (factors.size >= maxCached) factors.clear();
    factors.set(regex.source, factor);
  }
  return factor.base * (length + 1) ** factor.power;
}

/**
 * Each unbounded quantifier may try every length at every start, each `?` and each alternative doubles
 * what is tried; a quantified group, or a reference back to one, may try every way to split the text.
 */
function factorOf(source: string): Factor {
  const plain = source.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (/\)(?:[*+?]|\{)/.test(plain) || /\\[1-9k]/.test(source)) return { base: Infinity, power: 1 };
  const unbounded = plain.match(/[*+]|\{\d*,?\d*\}/g)?.length ?? 0;
  const choices = plain.match(/[?|]/g)?.length ?? 0;
  return { base: 2 ** choices * (plain.length + 1), power: unbounded + 1 };
}
