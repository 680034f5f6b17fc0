import { resolve } from 'node:path';
import {
  awsSource,
  canDeployInOrder,
  type Conflict,
  type DeployVerdict,
  folderSource,
} from '@harmony/contract-checks/deployment';
import type { Finding } from '@harmony/contract-checks/finding';
import { readStacks, type Stage } from '@harmony/assembly';
import { annotateFindings } from '../../terminal/findings.ts';
import type { ExitStatus } from '../../command.ts';
import type { CanDeployFlags } from './flags.ts';
import { plannedNames } from './planned-names.ts';
import type { Io } from '../../io.ts';
import { printable, shorten } from '../../terminal/text.ts';
import { placeOf } from '../../plan/place.ts';
import { UsageError } from '../../usage-error.ts';
import { openWorkspace } from '../../workspace/open.ts';
import { stageOf } from '../../workspace/stage.ts';

const MAX_COUNTEREXAMPLE = 400;

/** Compares what the assembly would deploy with what the stage runs. */
export async function checkDeploy(
  named: readonly string[],
  flags: CanDeployFlags,
  io: Io,
): Promise<ExitStatus> {
  if (named.length > 0 === (flags.plan !== undefined)) {
    throw new UsageError('name what to deploy, or give a plan with --plan FILE: one or the other.');
  }
  const { assembly } = await openWorkspace(flags.assembly, io);
  const stage = stageOf(assembly, flags.stage);
  const names = flags.plan === undefined ? named : await plannedNames(flags.plan, flags.stage, io);
  const source =
    flags.records === undefined
      ? awsSource(placeOf(stage.name, await readStacks(assembly.dir)))
      : folderSource(resolve(io.cwd, flags.records));
  const deployed = names.length === 0 ? undefined : await source.read(stage.name);
  const verdicts = deployed === undefined ? [] : canDeployInOrder(stage, names, deployed);
  const judged = verdicts.map((verdict, index) => verdict ?? unknown(names[index] ?? '', stage));
  for (const verdict of judged) {
    annotateFindings(
      verdict.conflicts.map((conflict) => findingOf(verdict, conflict)),
      `${verdict.name} may not be deployed to ${verdict.stage}`,
      io,
    );
  }
  if (flags.json === true) {
    const one = flags.plan === undefined && judged.length === 1 ? judged[0] : { verdicts: judged };
    io.stdout.write(`${JSON.stringify(one, null, 2)}\n`);
  } else if (judged.length === 0) {
    io.stdout.write(`The plan deploys no workflow to ${stage.name}: there is nothing to check.\n`);
  } else {
    io.stdout.write(judged.map(render).join(''));
  }
  return judged.every(({ allowed }) => allowed) ? 0 : 1;
}

function unknown(name: string, stage: Stage): never {
  const names = stage.stateMachines.flatMap(
    ({ contract, orchestration }) => contract?.name ?? orchestration?.name ?? [],
  );
  throw new UsageError(`stage ${stage.name} has no ${name}; it has: ${names.join(', ')}.`);
}

function render({ name, stage, allowed, conflicts, deployFirst, checked }: DeployVerdict): string {
  const lines = conflicts.flatMap((conflict) => {
    const { counterexample } = conflict;
    const shown = counterexample === undefined ? [] : [`    refused: ${show(counterexample)}`];
    return [`${who(conflict)}: ${printable(conflict.reason)}`, ...shown];
  });
  lines.push(
    `${name} ${allowed ? 'may' : 'may not'} be deployed to ${stage}: ${checked}${allowed ? '' : `, ${conflicts.length} would break`}.`,
    ...deployFirst.map((step, index) => `  ${index + 1}. ${step}`),
  );
  return `${lines.join('\n')}\n`;
}

function who({ orchestrator, target, child, path, execution }: Conflict): string {
  const place = [orchestrator, target, child, path]
    .filter((each) => each !== undefined)
    .join(' › ');
  return execution === undefined ? place : `${place} (in flight: ${execution})`;
}

function show(value: unknown): string {
  return printable(shorten(JSON.stringify(value) ?? 'nothing', MAX_COUNTEREXAMPLE));
}

function findingOf({ kind, name }: DeployVerdict, conflict: Conflict): Finding {
  return {
    ...{ code: 'CONFLICT', severity: 'error', path: who(conflict), message: conflict.reason },
    file:
      kind === 'child'
        ? `libs/contracts/${name}/src/index.ts`
        : `infra/src/orchestrations/${name}.ts`,
  };
}
