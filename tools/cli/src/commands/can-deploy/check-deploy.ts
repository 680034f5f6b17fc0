import { resolve } from 'node:path';
import {
  awsSource,
  canDeploy,
  type Conflict,
  type DeployVerdict,
  folderSource,
} from '@harmony/contract-checks/deployment';
import type { Finding } from '@harmony/contract-checks/finding';
import { annotateFindings } from '../../terminal/findings.ts';
import type { ExitStatus } from '../../command.ts';
import type { CanDeployFlags } from './command.ts';
import type { Io } from '../../io.ts';
import { printable, shorten } from '../../terminal/text.ts';
import { UsageError } from '../../usage-error.ts';
import { openWorkspace } from '../../workspace/open.ts';
import { stageOf } from '../../workspace/stage.ts';

const MAX_COUNTEREXAMPLE = 400;

/** Compares what the assembly would deploy with what the stage runs. */
export async function checkDeploy(
  name: string,
  flags: CanDeployFlags,
  io: Io,
): Promise<ExitStatus> {
  const { assembly } = await openWorkspace(flags.assembly, io);
  const stage = stageOf(assembly, flags.stage);
  const source =
    flags.records === undefined ? awsSource() : folderSource(resolve(io.cwd, flags.records));
  const verdict = canDeploy(stage, name, await source.read(stage.name));
  if (!verdict) {
    const names = stage.stateMachines.flatMap(
      ({ contract, orchestration }) => contract?.name ?? orchestration?.name ?? [],
    );
    throw new UsageError(`stage ${flags.stage} has no ${name}; it has: ${names.join(', ')}.`);
  }
  annotateFindings(
    verdict.conflicts.map((conflict) => findingOf(verdict, conflict)),
    `${verdict.name} may not be deployed to ${verdict.stage}`,
    io,
  );
  if (flags.json === true) io.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  else io.stdout.write(render(verdict));
  return verdict.allowed ? 0 : 1;
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
