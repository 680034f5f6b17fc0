import { failureLines, fuzzChild, type FuzzReport } from '@harmony/contract-checks/fuzz';
import type { Finding } from '@harmony/contract-checks/finding';
import { LocalError } from '@harmony/local';
import type { ExitStatus } from '../command.ts';
import type { ContractsFuzzFlags } from '../commands/contracts-fuzz.ts';
import type { Io } from '../io.ts';
import { count, printable } from '../text.ts';
import { annotateFindings } from '../findings.ts';
import { UsageError } from '../usage-error.ts';
import { openWorkspace } from '../workspace.ts';
import { definitionFile } from './child-contract.ts';

/** Runs one child on generated inputs and prints the smallest that fails. */
export async function fuzzContract(
  child: string,
  flags: ContractsFuzzFlags,
  io: Io,
): Promise<ExitStatus> {
  const { root, assembly } = await openWorkspace(flags.assembly, io);
  const stage = assembly.stages.find(({ name }) => name === flags.stage);
  if (!stage) {
    const known = assembly.stages.map(({ name }) => name).join(', ');
    throw new UsageError(`the assembly has no stage ${flags.stage}; it has: ${known}.`);
  }
  const machine = stage.stateMachines.find(({ contract }) => contract?.name === child);
  if (!machine) {
    const known = stage.stateMachines.flatMap(({ contract }) => contract?.name ?? []).join(', ');
    throw new UsageError(`stage ${flags.stage} has no child workflow ${child}; it has: ${known}.`);
  }
  let report: FuzzReport;
  try {
    report = await fuzzChild({
      ...{ stage, child, workspaceRoot: root, signal: io.signal },
      ...{ runs: flags.runs, seed: flags.seed },
      ...(flags.mocks === undefined ? {} : { mocksCase: flags.mocks }),
      ...(flags.startTime === undefined ? {} : { startTime: readTime(flags.startTime) }),
    });
  } catch (error) {
    if (error instanceof LocalError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
  const { failure } = report;
  if (failure) {
    const finding: Finding = {
      ...{ code: failure.kind, severity: 'error', path: '' },
      file: definitionFile(root, child) ?? `apps/${child}`,
      message: failureLines(child, failure).join('\n'),
    };
    annotateFindings([finding], `${child} and its contract`, io);
  }
  if (flags.json === true) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else io.stdout.write(render(report));
  return failure ? 1 : 0;
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new UsageError(`--start-time ${text} is no time; write it like 2026-01-31T08:00:00Z.`);
}

function render(report: FuzzReport): string {
  const { child, seed, valid, invalid, failedByDesign, failure } = report;
  const lines = failure ? failureLines(child, failure).map(printable) : [];
  const own = Object.entries(failedByDesign).map(([error, times]) => `  ${error}: ${times}`);
  if (own.length > 0) {
    lines.push("Valid inputs that ended in the child's own errors, which are no failure:", ...own);
  }
  const verdict = failure ? 'does not keep its contract' : 'keeps its contract';
  lines.push(
    `${child} ${verdict}: ${count(valid, 'valid input')} and ${invalid} invalid, seed ${seed}.`,
  );
  return `${lines.join('\n')}\n`;
}
