import { failureLines, fuzzChild, type FuzzReport } from '@harmony/contract-checks/fuzz';
import type { Finding } from '@harmony/contract-checks/finding';
import { annotateFindings } from '../../../terminal/findings.ts';
import type { ExitStatus } from '../../../command.ts';
import type { FuzzFlags } from './flags.ts';
import type { Io } from '../../../io.ts';
import { count, printable } from '../../../terminal/text.ts';
import { openWorkspace } from '../../../workspace/open.ts';
import { stageOf } from '../../../workspace/stage.ts';
import { definitionFile } from '../../../workspace/child-contract.ts';

/** Runs one child on generated inputs and prints the smallest that fails. */
export async function fuzzContract(child: string, flags: FuzzFlags, io: Io): Promise<ExitStatus> {
  const { root, assembly } = await openWorkspace(flags.assembly, io);
  const stage = stageOf(assembly, flags.stage);
  const report = await fuzzChild({
    ...{ stage, child, workspaceRoot: root, signal: io.signal },
    ...{ runs: flags.runs, seed: flags.seed },
    ...(flags.mocks === undefined ? {} : { mocksCase: flags.mocks }),
    ...(flags.startTime === undefined ? {} : { startTime: flags.startTime }),
  });
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
  return failure || report.interrupted ? 1 : 0;
}

function render(report: FuzzReport): string {
  const { child, seed, valid, invalid, failedByDesign, failure, interrupted } = report;
  const lines = failure ? failureLines(child, failure).map(printable) : [];
  const own = Object.entries(failedByDesign).map(([error, times]) => `  ${error}: ${times}`);
  if (own.length > 0) {
    lines.push(
      "Valid inputs that ended in the child's own errors, which don't count as failures:",
      ...own,
    );
  }
  const kept = interrupted ? 'was not fuzzed to the end' : 'keeps its contract';
  const verdict = failure ? 'does not keep its contract' : kept;
  lines.push(
    `${child} ${verdict}: ${count(valid, 'valid input')} and ${invalid} invalid, seed ${seed}.`,
  );
  return `${lines.join('\n')}\n`;
}
