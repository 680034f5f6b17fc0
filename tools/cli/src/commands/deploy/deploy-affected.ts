import {
  cdkDeploy,
  DeployError,
  type DeployEvent,
  executePlan,
  isAncestor,
  type StackOutcome,
} from '@harmony/deploy';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { makePlan, type MadePlan } from '../../plan/make-plan.ts';
import { planText } from '../../plan/plan-text.ts';
import { type Style, styleFor } from '../../terminal/style.ts';
import { printable } from '../../terminal/text.ts';
import type { DeployFlags } from './flags.ts';
import { type DeployedCommit, deployedCommit, logDeployment } from './log-deployment.ts';

/** `harmony deploy`: 1 when any planned stack is not deployed at the end, or the stage runs newer. */
export async function deployAffected(flags: DeployFlags, io: Io): Promise<ExitStatus> {
  const isNamed = flags.all === true || (flags.base ?? flags.baseAssembly) !== undefined;
  const made = await makePlan(isNamed ? flags : { ...flags, deployed: true }, io);
  const { plan, assembly, root } = made;
  const progress = flags.json === true ? io.stderr : io.stdout;
  progress.write(`${planText(plan)}\n`);
  const commit = await deployedCommit(flags.commit, root);
  // CDK says so of each stack, after it has begun.
  await made.accountOf(flags.stage).refuseOther();
  const back = flags.rollback === true ? undefined : await wouldGoBack(made, flags.stage, commit);
  if (back !== undefined) {
    io.stderr.write(`harmony: ${back}\n`);
    return 1;
  }
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
  const isDone = outcomes.every(({ status }) => status === 'deployed');
  await logDeployment({ made, stage: flags.stage, commit, isDone, io });
  const style = styleFor(progress, io.env);
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify({ plan, outcomes: outcomes.map(outcomeJson) }, null, 2)}\n`);
  } else if (outcomes.length === 0) {
    progress.write(`Nothing was deployed: ${flags.stage} runs this assembly already.\n`);
  } else {
    progress.write(`\n${outcomes.map((outcome) => outcomeLine(outcome, style)).join('')}`);
  }
  return isDone ? 0 : 1;
}

/**
 * Why it may not go out: a run that waited for its approval while a newer commit was deployed, for
 * one. Of a commit that the clone lacks it can't be told whether it is newer, so it counts as that.
 */
async function wouldGoBack(
  made: MadePlan,
  stage: string,
  { commit }: DeployedCommit,
): Promise<string | undefined> {
  const log = made.log ?? (await made.accountOf(stage).log());
  const now = log?.succeeded?.commit;
  if (now === undefined) return undefined;
  const runs = `${stage} runs ${now.slice(0, 12)}`;
  try {
    if (!(await isAncestor(commit, now, made.root))) return undefined;
    return `${runs}, which is newer than ${commit.slice(0, 12)}: nothing was deployed. To go back to it, pass --rollback.`;
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return `${runs}, and this clone can't tell whether that is newer than ${commit.slice(0, 12)}: nothing was deployed. ${error.code === 'BASE_UNKNOWN' ? 'Fetch both (in CI: fetch-depth 0), or p' : 'P'}ass --rollback to deploy it all the same.`;
  }
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
      return `${style('yellow', 'blocked')}      ${selector}: ${outcome.by.join(', ')}, which it uses, ${outcome.by.length === 1 ? "wasn't" : "weren't"} deployed\n`;
    case 'not started':
      return `${style('yellow', 'not started')}  ${selector}: interrupted\n`;
  }
}

function outcomeJson({ stack, ...outcome }: StackOutcome): object {
  return { stack: stack.selector, ...outcome };
}
