import type { RunChange, RunModel, TargetProgress, TargetState } from '@harmony/local';
import type { Output } from '../../io.ts';
import type { Colour, Style } from '../../terminal/style.ts';
import { duration, printable, shorten } from '../../terminal/text.ts';

/** Shows a run while it runs. */
export interface LiveView {
  onChange(change: RunChange): void;
  /** The run is over, and this is what only its end told. */
  settle(changes: readonly RunChange[]): void;
  /** Removes what must not stay on a terminal. */
  close(): void;
}

export interface LiveViewOptions {
  readonly model: RunModel;
  readonly output: Output;
  readonly style: Style;
  readonly width: number;
}

const LOOK: Readonly<Record<TargetState, { readonly sign: string; readonly colour: Colour }>> = {
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
  const onChange = (change: RunChange): void => {
    if (change.kind === 'target') write(change.target);
    if (change.kind !== 'started') return;
    start = change.time;
    for (const target of model.targets) write({ ...target, since: start });
  };
  return {
    onChange,
    settle: (changes) => changes.forEach(onChange),
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
    onChange(change) {
      if (change.kind === 'target') timer ??= setTimeout(draw, REDRAW_MS);
    },
    settle(changes) {
      if (changes.length > 0 || timer !== undefined) draw();
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
  let start = 0;
  return {
    onChange(change) {
      if (change.kind === 'started') start = change.time;
      if (change.kind !== 'state' && change.kind !== 'task failed') return;
      const text =
        change.kind === 'state'
          ? printable(change.state)
          : `  the task of ${change.states.map(stateText).join(', ')} failed: ${printable(change.error)}`;
      const at = `+${duration(change.time - start)}`.padEnd(12);
      output.write(`${shorten(`  ${at}${text}`, width)}\n`);
    },
    settle() {},
    close() {},
  };
}

/** `Each (item 2)` */
function stateText({
  name,
  item,
}: {
  readonly name: string;
  readonly item: number | undefined;
}): string {
  return item === undefined ? printable(name) : `${printable(name)} (item ${item})`;
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
