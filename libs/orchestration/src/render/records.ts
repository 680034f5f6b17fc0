import type { TargetEntry } from '@harmony/artifact';

/**
 * What a Map of outcomes may take, in bytes: Step Functions allows 256 KiB, and *Summarise* adds
 * its counts. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const OUTCOMES_ROOM = 250_000;

/** Characters kept of a child's Cause and of its error; the history keeps them whole. */
export const LONGEST_CAUSE = 1_000;
export const LONGEST_ERROR = 256;

/** Characters of an error in a brief record: the longest of AWS's own names fit. */
const BRIEF_ERROR = 64;

/** A Cause shorter than this tells nothing. */
const SHORTEST_CAUSE = 100;

/** UTF-8 bytes that a character may take in JSON text, but for control characters. */
const BYTES_A_CHARACTER = 4;

/** Characters of an execution's ARN beside its child's name, for a stage name of six. */
const ARN = 'arn:aws:states:ap-southeast-2:123456789012:execution:stage1-:'.length + 36;

/**
 * Targets that may all fail with a Cause that is read for: 9 events each at most, 19 for the rest with
 * the default retries, and 25,000 a run. In a longer list the Cause is kept as text.
 */
const LONGEST_PARSED_LIST = 800;

const DATE = '2026-01-31T06:00:00.000Z';

/**
 * How much of an outcome goes into the orchestrator's own data. `full`: all of it. `brief`, for
 * lists so long that full failures would not fit: id, status, execution ARN and the error's name
 * in ASCII; the rest is in the history, and `readOutcomes` reads it there.
 */
export interface Records {
  readonly full: boolean;
  /** Whether a child's own error is taken out of the Cause, at the price of more events. */
  readonly parses: boolean;
  /** Characters of error and cause. Below 1 there is no room for them. */
  readonly errorLimit: number;
  readonly causeLimit: number;
}

/** Decides it for a list, such that all targets may fail and still fit. */
export function recordsFor(entries: readonly TargetEntry[]): Records {
  const count = Math.max(1, entries.length);
  const parses = entries.length <= LONGEST_PARSED_LIST;
  const share = (full: boolean) =>
    (OUTCOMES_ROOM - entries.reduce((sum, item) => sum + fixedBytes(item, full), 0)) / count;
  const forCause = Math.floor(share(true) / BYTES_A_CHARACTER) - LONGEST_ERROR;
  if (forCause >= SHORTEST_CAUSE) {
    const causeLimit = Math.min(LONGEST_CAUSE, forCause);
    return { full: true, parses, errorLimit: LONGEST_ERROR, causeLimit };
  }
  return {
    full: false,
    parses,
    errorLimit: Math.min(BRIEF_ERROR, Math.floor(share(false))),
    causeLimit: 0,
  };
}

/** Bytes of a target's record without the texts of its error and cause. */
export function fixedBytes(
  { id, child }: Pick<TargetEntry, 'id' | 'child'>,
  full: boolean,
): number {
  const brief = {
    id,
    status: 'SUCCEEDED',
    executionArn: `${child}${'x'.repeat(ARN)}`,
    error: '',
  };
  const record = full
    ? { ...brief, child, cause: '', attempts: 10, startDate: DATE, stopDate: DATE }
    : brief;
  return JSON.stringify(record).length + 1;
}
