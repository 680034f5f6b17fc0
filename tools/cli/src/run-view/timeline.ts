import { errorText, failureLines } from '@harmony/local';
import type { FailurePlace, TimelineRow } from '@harmony/local';
import type { Style, Colour } from '../terminal/style.ts';
import { duration, printable, shorten, wrap } from '../terminal/text.ts';

export interface TimelineOptions {
  /** The run's own start and end. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly style: Style;
}

/** Lines of a child's output or cause that are shown; `--json` has the rest. */
const LONGEST_TEXT = 6;

const STATUS_COLOURS: Readonly<Record<string, Colour>> = {
  SUCCEEDED: 'green',
  FAILED: 'red',
  TIMED_OUT: 'red',
  ABORTED: 'red',
  SKIPPED: 'dim',
  BLOCKED: 'yellow',
  NOT_STARTED: 'yellow',
};

/** Start, duration, outcome and output of each target, with a bar where time has passed. */
export function renderTimeline(rows: readonly TimelineRow[], options: TimelineOptions): string[] {
  const { width, style } = options;
  // Where there is little room, starts are told from the run's own.
  const wide = width >= 72;
  const startWidth = wide ? 24 : 10;
  // 2 + id + 2 + start + 2 + 10 + 2 + 11
  const room = Math.max(6, width - 29 - startWidth);
  const idWidth = Math.min(room, Math.max(6, ...rows.map(({ outcome }) => outcome.id.length)));
  const cells = (id: string, start: string, time: string): string =>
    `  ${shorten(id, idWidth).padEnd(idWidth)}  ${start.padEnd(startWidth)}  ${time.padEnd(10)}  `;
  const lines = [style('dim', `${cells('TARGET', 'START', 'DURATION')}OUTCOME`)];
  for (const row of rows) {
    const { started, ended, outcome } = row;
    const time = started === undefined || ended === undefined ? '-' : duration(ended - started);
    let start = '-';
    if (started !== undefined) {
      start = wide ? instant(started) : `+${duration(started - options.from)}`;
    }
    lines.push(cells(outcome.id, start, time) + statusText(outcome.status, style));
    for (const text of details(row, options)) lines.push(`    ${text}`);
  }
  return lines;
}

export function statusText(status: string, style: Style): string {
  return style(STATUS_COLOURS[status] ?? 'bold', status);
}

/** `2026-01-31T08:00:00Z`, with milliseconds only where there are some. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** Where it failed: the states on the way, the line to open, the state's input. */
export function failureText(place: FailurePlace | undefined, width: number): string[] {
  if (place === undefined) return [];
  return failureLines(place).flatMap((line) => wrap(printable(line), width));
}

function details(row: TimelineRow, options: TimelineOptions): string[] {
  const { width, style } = options;
  const lines: string[] = [];
  const bar = barOf(row, options);
  const { delayedFrom, started, outcome, failedAt } = row;
  const { id, child, reason, output, error, cause } = outcome;
  const delay =
    delayedFrom === undefined ? '' : `delayed ${duration((started ?? options.to) - delayedFrom)}`;
  const facts = [child === id ? '' : child, delay, reason ?? '']
    .filter((fact) => fact !== '')
    .join(', ');
  if (bar !== '') lines.push(style('blue', bar));
  if (facts !== '') lines.push(style('dim', shorten(facts, width - 4)));
  if (output !== undefined) lines.push(...block(JSON.stringify(output), width));
  const failure = errorText(error, cause);
  if (failure !== '') lines.push(...failureText(failedAt, width - 4));
  if (failure !== '') lines.push(...block(failure, width).map((text) => style('red', text)));
  return lines;
}

function block(text: string, width: number): string[] {
  const lines = wrap(printable(text), width - 4);
  if (lines.length <= LONGEST_TEXT) return lines;
  return [...lines.slice(0, LONGEST_TEXT), '… (--json gives all of it)'];
}

/** `░` while delayed, `█` while running, to the scale of the run; none for a run of no length. */
function barOf(row: TimelineRow, { from, to, width }: TimelineOptions): string {
  const { started, ended, delayedFrom } = row;
  if (to <= from || (started === undefined && delayedFrom === undefined)) return '';
  const columns = width - 4;
  const at = (time: number): number => Math.round(((time - from) / (to - from)) * (columns - 1));
  const begin = at(delayedFrom ?? started ?? from);
  const start = at(started ?? to);
  const end = started === undefined ? start : Math.max(at(ended ?? to), start + 1);
  return (
    '·'.repeat(Math.max(0, begin)) +
    '░'.repeat(Math.max(0, start - begin)) +
    '█'.repeat(Math.max(0, Math.min(end, columns) - start))
  );
}
