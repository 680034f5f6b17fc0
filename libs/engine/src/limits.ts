import { isObject, type Json, type JsonObject } from './json.ts';

/** Quotas of the service (AWS documentation, "Step Functions service quotas"). */
export interface Limits {
  /** UTF-8 bytes of any state's or Task's input or output. */
  readonly stateDataBytes: number;
  /** Events in a Standard execution's history. */
  readonly historyEvents: number;
  /** UTF-8 bytes of one variable, and of all that one Assign sets. */
  readonly variableBytes: number;
  /** UTF-8 bytes of all variables of an execution. */
  readonly allVariablesBytes: number;
  /** Inline Map iterations that run at once, whatever MaxConcurrency says. */
  readonly inlineMapConcurrency: number;
  /** Child executions of a Distributed Map that run at once. */
  readonly distributedMapConcurrency: number;
  /** How deep executions that start each other may nest: a bound of this engine's own. */
  readonly nestingDepth: number;
  /** Executions that one execution and those it started may start: a bound of this engine's own. */
  readonly nestedExecutions: number;
  /** Milliseconds that a Standard execution may last: one year. */
  readonly standardDurationMs: number;
  /** Milliseconds that an Express execution may last: five minutes. */
  readonly expressDurationMs: number;
}

export const awsLimits: Limits = {
  stateDataBytes: 256 * 1024,
  historyEvents: 25_000,
  variableBytes: 256 * 1024,
  allVariablesBytes: 10 * 1024 * 1024,
  inlineMapConcurrency: 40,
  distributedMapConcurrency: 10_000,
  nestingDepth: 100,
  nestedExecutions: 100_000,
  standardDurationMs: 365 * 24 * 3600 * 1000,
  expressDurationMs: 5 * 60 * 1000,
};

/**
 * Whether `value` as JSON text takes more than `limit` bytes in UTF-8. Reads no more than it must:
 * a value of shared parts may be endless when it is written out.
 */
export function exceedsBytes(value: Json, limit: number): boolean {
  return boundBytes(value, limit) > limit;
}

/**
 * Bytes that `value` takes at most as JSON text in UTF-8; above `limit` if and only if it takes
 * more than that. Cheap: what it shares with `known`, which takes at most `bound`, is not read again.
 */
export function boundBytes(
  value: Json,
  limit: number,
  known: Json = null,
  bound = Infinity,
): number {
  if (limit === Infinity) return 0;
  if (bound <= limit && isObject(value) && isObject(known)) {
    const shared = sharingBound(value, limit, known, bound);
    if (shared <= limit) return shared;
  }
  const fresh = upperBound(value, limit);
  return fresh > limit ? exactly(value, limit) : fresh;
}

/** An upper bound for a value that was made of `known` by setting some of its keys. */
function sharingBound(value: JsonObject, limit: number, known: JsonObject, bound: number): number {
  let sum = bound;
  for (const key in value) {
    const part = value[key] as Json;
    if (typeof part === 'object' && part !== null && part === known[key]) continue;
    sum += key.length * 6 + 4 + upperBound(part, limit - sum);
    if (sum > limit) break;
  }
  return sum;
}

/** UTF-8 bytes of `value` as JSON text; for values that are known not to be endless. */
export function jsonBytes(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}

function stringBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text), 'utf8');
}

/** At least the size in bytes, cheaply; stops once it is over `limit`. */
function upperBound(value: Json, limit: number): number {
  switch (typeof value) {
    case 'string':
      return value.length * 6 + 2;
    case 'number':
      return 25;
    case 'boolean':
      return 5;
    default:
  }
  if (value === null) return 4;
  let sum = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      sum += upperBound(item, limit - sum) + 1;
      if (sum > limit) return sum;
    }
    return sum;
  }
  for (const key in value) {
    sum += key.length * 6 + 4 + upperBound(value[key] as Json, limit - sum);
    if (sum > limit) return sum;
  }
  return sum;
}

/** The size in bytes, or anything above `limit` once it is over. */
function exactly(value: Json, limit: number): number {
  if (typeof value === 'string') return stringBytes(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).length;
  // Brackets; a comma before each but the first.
  let sum = 1;
  if (Array.isArray(value)) {
    for (const item of value) {
      sum += exactly(item, limit - sum) + 1;
      if (sum > limit + 1) return sum;
    }
    return Math.max(sum, 2);
  }
  for (const key in value) {
    sum += stringBytes(key) + exactly(value[key] as Json, limit - sum) + 2;
    if (sum > limit + 1) return sum;
  }
  return Math.max(sum, 2);
}
