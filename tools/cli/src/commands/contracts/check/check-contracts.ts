import { checkContracts } from '@harmony/contract-checks/contract-test';
import type { Assembly } from '@harmony/assembly';
import { countFindings, findingLine } from '@harmony/contract-checks/finding';
import { checkPermissions } from '@harmony/contract-checks/permissions';
import type { ExitStatus } from '../../../command.ts';
import type { CheckFlags } from './flags.ts';
import type { Io } from '../../../io.ts';
import { count } from '../../../terminal/text.ts';
import { UsageError } from '../../../usage-error.ts';
import { openWorkspace } from '../../../workspace/open.ts';

/** Prints one line per problem, or that there is none. */
export async function checkAssemblyContracts(flags: CheckFlags, io: Io): Promise<ExitStatus> {
  const { assembly } = await openWorkspace(flags.assembly, io);
  if (!holdsOrchestrator(assembly)) {
    throw new UsageError(
      `the assembly holds no orchestrator (${extent(assembly)}), so there is nothing to check: synthesise the whole app, npx nx synth infra.`,
    );
  }
  const problems = checkContracts(assembly);
  const permissions = checkPermissions(assembly);
  const faults = problems.length + countFindings(permissions).error;
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify({ valid: faults === 0, problems, permissions }, null, 2)}\n`);
  } else {
    for (const finding of [...problems, ...permissions]) {
      io.stdout.write(`${findingLine(finding)}\n`);
    }
    const verdict = faults === 0 ? 'fit' : `have ${count(faults, 'problem')}`;
    io.stdout.write(`Contracts ${verdict}: ${extent(assembly)}.\n`);
  }
  return faults === 0 ? 0 : 1;
}

function holdsOrchestrator({ stages }: Assembly): boolean {
  return stages.some(({ stateMachines }) =>
    stateMachines.some(({ orchestration }) => orchestration !== undefined),
  );
}

function extent({ stages }: Assembly): string {
  const machines = stages.flatMap((stage) => stage.stateMachines);
  const orchestrators = machines.filter(({ orchestration }) => orchestration !== undefined).length;
  const children = machines.filter(({ contract }) => contract !== undefined).length;
  return [
    count(orchestrators, 'orchestrator'),
    count(children, 'child workflow'),
    `in ${count(stages.length, 'stage')}${stages.length === 0 ? '' : ` (${stages.map(({ name }) => name).join(', ')})`}`,
  ].join(', ');
}
