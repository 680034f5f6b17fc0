import { errorText, stateVisits } from '@harmony/local';
import type { ExecutionDocument, RunDocument, StateVisit } from '@harmony/local';
import type { Style } from '../terminal/style.ts';
import { duration, printable, shorten, wrap } from '../terminal/text.ts';

export interface TraceOptions {
  readonly width: number;
  readonly style: Style;
  /** Characters of a value that are shown; default: all. */
  readonly longest?: number;
  /** Only the states of this name. */
  readonly state?: string | undefined;
}

/** Each state that an execution of the run entered: input, output, variables, duration, failures. */
export function renderTrace({ executions }: RunDocument, options: TraceOptions): string[] {
  return executions.flatMap((execution) => {
    const visits = stateVisits(execution.history).filter(
      ({ state }) => options.state === undefined || state === options.state,
    );
    if (visits.length === 0) return [];
    return [
      ...heading(execution, options),
      ...visits.flatMap((visit) => lines(visit, execution, options)),
      '',
    ];
  });
}

function heading(execution: ExecutionDocument, { style, width }: TraceOptions): string[] {
  const { stateMachine, executionArn, status } = execution;
  const text = `${stateMachine}, ${executionArn.split(':').slice(7).join(':')}: ${status}`;
  return wrap(text, width).map((line) => style('bold', line));
}

function lines(
  visit: StateVisit,
  { startDate, stopDate }: ExecutionDocument,
  { width, style, longest = Infinity }: TraceOptions,
): string[] {
  const { state, type, within, entered, left, input, output, assigned, failures } = visit;
  const from = Date.parse(startDate);
  const end = left ?? (stopDate === undefined ? entered : Date.parse(stopDate));
  const around = within.map((each) =>
    each.item === undefined ? `${each.state} › ` : `${each.state}[${each.item}] › `,
  );
  const name = printable(`${around.join('')}${state}`);
  const time = `+${duration(entered - from)}`.padEnd(10);
  const values = [
    ['input', input],
    ...failures.map(({ error, cause }) => ['failed', errorText(error, cause)]),
    ['output', output],
    ...Object.entries(assigned ?? {}).map(([variable, value]) => [`$${variable}`, value]),
  ];
  return [
    ...wrap(`  ${time}${name}  ${style('dim', `${type}, ${duration(end - entered)}`)}`, width),
    ...values.flatMap(([label, value]) =>
      value === undefined
        ? []
        : wrap(`${label} ${printable(shorten(value, longest))}`, width - 12).map(
            (line) => `${' '.repeat(12)}${label === 'failed' ? style('red', line) : line}`,
          ),
    ),
  ];
}
