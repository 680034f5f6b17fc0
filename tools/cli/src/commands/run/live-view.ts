import type { LocalEvent } from '@harmony/local';
import type { Outcome } from '@harmony/orchestration/outcomes';
import type { Output } from '../../io.ts';
import type { Colour, Style } from '../../terminal/style.ts';
import { duration, shorten } from '../../terminal/text.ts';
import type { ProgressModel } from './target-progress.ts';
import type { TargetProgress, TargetState } from './target-progress.ts';

/** Shows a run while it runs. */
export interface LiveView {
  onEvent(event: LocalEvent): void;
  /** The run ended at `time` (milliseconds since the epoch) with these outcomes. */
  settle(outcomes: readonly Outcome[], time: number): void;
  /** Removes what must not stay on a terminal. */
  close(): void;
}

export interface LiveViewOptions {
  readonly model: ProgressModel;
  readonly output: Output;
  readonly style: Style;
  readonly width: number;
}

export const LOOK: Readonly<
  Record<TargetState, { readonly sign: string; readonly colour: Colour }>
> = {
  waiting: { sign: '·', colour: 'dim' },
  delayed: { sign: '◷', colour: 'yellow' },
  running: { sign: '▶', colour: 'cyan' },
  succeeded: { sign: '✔', colour: 'green' },
  failed: { sign: '✘', colour: 'red' },
  'timed out': { sign: '✘', colour: 'red' },
  aborted: { sign: '■', colour: 'red' },
  skipped: { sign: '-', colour: 'dim' },
  blocked: { sign: '⊘', colour: 'yellow' },
  'not started': { sign: '·', colour: 'yellow' },
};

/** Redraws no more often than the eye follows. */
const REDRAW_MS = 40;

/** A line per change; for logs and pipes. */
export function lineView({ model, output, style, width }: LiveViewOptions): LiveView {
  let start: number | undefined;
  const longest = Math.max(0, ...model.targets.map(({ id }) => id.length));
  const line = (target: TargetProgress): string =>
    entry(target, `+${duration((target.since ?? 0) - (start ?? 0))}`.padEnd(12), longest, width);
  const write = (target: TargetProgress): void =>
    void output.write(`${paint(style, target, line(target))}\n`);
  return {
    onEvent(event) {
      if (event.code === 'EXECUTION_STARTED' && start === undefined) {
        start = event.time;
        for (const target of model.targets) output.write(`${line({ ...target, since: start })}\n`);
      }
      const changed = model.apply(event);
      if (changed !== undefined) write(changed);
    },
    settle(outcomes, time) {
      for (const target of model.settle(outcomes, time)) write(target);
    },
    close() {},
  };
}

/** A table that is drawn again in place. */
export function tableView({ model, output, style, width }: LiveViewOptions): LiveView {
  const longest = Math.max(0, ...model.targets.map(({ id }) => id.length));
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  const erase = (): string => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[J`);
  const draw = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const lines = model.targets.map((target) =>
      paint(style, target, entry(target, '', longest, width)),
    );
    output.write(`${erase()}${lines.map((text) => `${text}\n`).join('')}`);
    drawn = lines.length;
  };
  draw();
  return {
    onEvent(event) {
      if (model.apply(event) !== undefined) timer ??= setTimeout(draw, REDRAW_MS);
    },
    settle(outcomes, time) {
      const changed = model.settle(outcomes, time);
      if (changed.length > 0 || timer !== undefined) draw();
    },
    close() {
      clearTimeout(timer);
      output.write(erase());
      drawn = 0;
    },
  };
}

/** For a workflow without targets: the states it enters. */
export function stateView({ output, width }: Omit<LiveViewOptions, 'model'>): LiveView {
  let root: string | undefined;
  let start = 0;
  return {
    onEvent(event) {
      if (event.code === 'EXECUTION_STARTED' && root === undefined) {
        root = event.executionArn;
        start = event.time;
      }
      if (event.code !== 'HISTORY_RECORDED' || event.executionArn !== root) return;
      const { type, timestamp, stateEnteredEventDetails: entered } = event.event;
      const text =
        entered === undefined
          ? /^(?:Task|LambdaFunction)(?:Failed|TimedOut)$/.test(type) && '  the task failed'
          : String(entered.name);
      if (text === false) return;
      output.write(
        `${shorten(`  ${`+${duration(timestamp - start)}`.padEnd(12)}${text}`, width)}\n`,
      );
    },
    settle() {},
    close() {},
  };
}

function entry(target: TargetProgress, time: string, longest: number, width: number): string {
  const { id, state, delay, reason } = target;
  let what: string = state;
  if (state === 'delayed' && delay !== undefined) what = `delayed ${duration(delay * 1000)}`;
  else if (reason !== undefined) what = `${state}: ${reason}`;
  return shorten(`  ${time}${LOOK[state].sign} ${id.padEnd(longest)}  ${what}`, width);
}

function paint(style: Style, target: TargetProgress, text: string): string {
  return style(LOOK[target.state].colour, text);
}
