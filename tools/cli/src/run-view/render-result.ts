import { errorText, timelineIn } from '@harmony/local';
import type { RefusedOutput, RunDocument } from '@harmony/local';
import type { Style } from '../terminal/style.ts';
import { duration, printable, wrap } from '../terminal/text.ts';
import { failureText, instant, renderTimeline, statusText } from './timeline.ts';

export interface ResultOptions {
  readonly name: string;
  readonly stage: string;
  /** What the run took here. */
  readonly realMs: number;
  readonly width: number;
  readonly style: Style;
}

/** The end of a run for people: an orchestrator's timeline, a child's output, or why it failed. */
export function renderResult(report: RunDocument, options: ResultOptions): string {
  const { width, style } = options;
  const from = Date.parse(report.startDate);
  const to = Date.parse(report.stopDate);
  const times = `${instant(from)} to ${instant(to)}, ${duration(to - from)} on the run's clock, ${duration(options.realMs)} here`;
  const lines = [
    '',
    `${style('bold', options.name)}${options.stage === '' ? '' : ` (stage ${options.stage})`}: ${statusText(report.status, style)}`,
    ...wrap(times, width).map((line) => style('dim', line)),
    '',
  ];
  if (report.outcomes !== undefined) {
    lines.push(...renderTimeline(timelineIn(report), { from, to, width, style }), '');
  } else if (report.output !== undefined) {
    lines.push(...printable(JSON.stringify(report.output, null, 2)).split('\n'), '');
  }
  for (const message of report.missingMocks ?? []) {
    if (report.cause === message) continue;
    lines.push(...wrap(printable(message), width).map((line) => style('yellow', line)), '');
  }
  const failure = errorText(report.error, report.cause);
  if (failure !== '') {
    if (report.outcomes === undefined) lines.push(...failureText(report.failure, width));
    lines.push(...wrap(printable(failure), width).map((line) => style('red', line)), '');
  }
  for (const refused of report.refusedOutputs ?? []) {
    lines.push(...wrap(refusedText(refused), width).map((line) => style('red', line)), '');
  }
  return `${lines.join('\n')}`;
}

function refusedText({ stateMachine, path, message }: RefusedOutput): string {
  return `${stateMachine} put out what its contract refuses: ${printable(path)} ${printable(message)}. Step Functions does not check outputs, so the status stays.`;
}
