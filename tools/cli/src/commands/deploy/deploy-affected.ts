import { cdkDeploy, type DeployEvent, executePlan, type StackOutcome } from '@harmony/deploy';
import type { ExitStatus } from '../../command.ts';
import type { DeployFlags } from './command.ts';
import type { Io } from '../../io.ts';
import { type Style, styleFor } from '../../terminal/style.ts';
import { printable } from '../../terminal/text.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { planText } from '../../plan/plan-text.ts';

/** `harmony deploy`: 1 when any planned stack is not deployed at the end. */
export async function deployAffected(flags: DeployFlags, io: Io): Promise<ExitStatus> {
  const { plan, assembly } = await makePlan(flags, io);
  const progress = flags.json === true ? io.stderr : io.stdout;
  progress.write(`${planText(plan)}\n`);
  const outcomes: StackOutcome[] = [];
  for (const stage of plan.stages) {
    const deployed = await executePlan({
      plan: stage,
      deploy: cdkDeploy({ assembly, env: io.env }),
      concurrency: flags.concurrency,
      signal: io.signal,
      onEvent: (event) => progress.write(eventLine(event)),
    });
    outcomes.push(...deployed);
  }
  const style = styleFor(progress, io.env);
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify({ plan, outcomes: outcomes.map(outcomeJson) }, null, 2)}\n`);
  } else {
    progress.write(`\n${outcomes.map((outcome) => outcomeLine(outcome, style)).join('')}`);
  }
  return outcomes.every(({ status }) => status === 'deployed') ? 0 : 1;
}

function eventLine(event: DeployEvent): string {
  if (event.type === 'STACK_STARTED') return `${event.stack.selector}: started\n`;
  if (event.type === 'STACK_OUTPUT') return `${event.stack.selector}: ${printable(event.line)}\n`;
  return `${event.outcome.stack.selector}: ${event.outcome.status}\n`;
}

function outcomeLine(outcome: StackOutcome, style: Style): string {
  const { selector } = outcome.stack;
  switch (outcome.status) {
    case 'deployed':
      return `${style('green', 'deployed')}     ${selector}\n`;
    case 'failed':
      return `${style('red', 'failed')}       ${selector}: ${printable(outcome.reason)}; its output is above\n`;
    case 'blocked':
      return `${style('yellow', 'blocked')}      ${selector}: ${outcome.by.join(', ')}, which it starts, ${outcome.by.length === 1 ? 'was' : 'were'} not deployed\n`;
    case 'not started':
      return `${style('yellow', 'not started')}  ${selector}: interrupted\n`;
  }
}

function outcomeJson({ stack, ...outcome }: StackOutcome): object {
  return { stack: stack.selector, ...outcome };
}
