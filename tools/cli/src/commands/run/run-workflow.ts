import { resolve } from 'node:path';
import { runDocument, RunModel, SavedRuns, startLocalSystem } from '@harmony/local';
import type { InspectOptions, RunReport, SavedRun } from '@harmony/local';
import type { Debug } from '@harmony/artifact';
import type { StateMachine } from '@harmony/assembly';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { renderResult } from '../../run-view/render-result.ts';
import { renderTrace } from '../../run-view/trace.ts';
import { styleFor, widthOf } from '../../terminal/style.ts';
import { printable, wrap } from '../../terminal/text.ts';
import { mockCases } from '../../options/mock-cases.ts';
import { endpointHints, readEndpoints } from '../../options/aws-endpoints.ts';
import { checkCases } from './check-cases.ts';
import { openSource } from '../../sources/open-source.ts';
import { findWorkspaceRoot } from '../../workspace/root.ts';
import { checkInput } from './check-input.ts';
import { firstLine } from './first-line.ts';
import type { RunFlags } from './flags.ts';
import { lineView, stateView, tableView } from './live-view.ts';
import type { LiveView } from './live-view.ts';
import { readInput } from './read-input.ts';
import { staleText } from './stale.ts';
import { leftOutText } from './switches.ts';

/** Characters of a value in `--trace`; `harmony show --state NAME` has all of it. */
const LONGEST_VALUE = 400;

/**
 * Runs a workflow of the assembly and shows it.
 * @returns 0 when the run succeeded and every child put out what its contract promises, else 1
 * @throws HarmonyError before anything is started
 */
export async function runWorkflow(
  name: string,
  machineName: string | undefined,
  flags: RunFlags,
  io: Io,
): Promise<ExitStatus> {
  const source = await openSource(name, machineName, flags, io);
  const { root, stage, machine, file, assembly } = source;
  const document = await readInput(flags.input, { name, machine, root, file }, io);
  const input = checkInput(name, machine, document, flags);
  const cases = mockCases(flags.mocks);
  checkCases(cases, machine, stage);
  const awsEndpoints = await readEndpoints(flags.awsEndpoint, root);
  const hints = [
    assembly === undefined ? undefined : staleText({ root, assembly, stage, machine }, io.env),
    flags.only === undefined || flags.withDependencies === true
      ? undefined
      : leftOutText(machine, flags.only),
  ];
  for (const hint of hints) if (hint !== undefined) io.stderr.write(`harmony: ${hint}\n`);

  const model = new RunModel({ machine, machines: stage.stateMachines, workspaceRoot: root });
  const view = lazily(() => {
    for (const hint of endpointHints(awsEndpoints)) io.stderr.write(`harmony: ${hint}\n`);
    if (flags.json !== true) {
      const switches = (input as { debug?: Debug } | null)?.debug ?? {};
      const { stageSwitches } = model;
      const line = firstLine({ name, stage: stage.name, machine, stageSwitches, switches });
      io.stdout.write(wrap(`${line}\n`, widthOf(io.stdout)).join('\n'));
    }
    return viewOf(machine, model, flags, io);
  });
  const began = performance.now();
  let report: RunReport;
  {
    await using system = await startLocalSystem({
      stage,
      workspaceRoot: root,
      clock: {
        realTime: flags.realTime === true,
        ...(flags.startTime === undefined ? {} : { startTime: flags.startTime }),
      },
      ...cases,
      awsEndpoints,
      allowRemoteEndpoints: flags.allowRemoteEndpoint === true,
      ...inspectOf(flags),
      ...(flags.mocksFile === undefined ? {} : { mocksFile: resolve(io.cwd, flags.mocksFile) }),
      onEvent: (event) => {
        if (flags.logs === true && event.code === 'HANDLER_LOGGED') {
          io.stderr.write(`${event.functionName}: ${printable(event.text)}\n`);
        }
        if (event.code === 'MOCKS_STRAY') io.stderr.write(`harmony: ${printable(event.message)}\n`);
        if (event.code === 'HANDLER_WAITS') {
          io.stderr.write(`${waitingText(event.functionName, event.port)}\n`);
        }
        const change = model.apply(event);
        if (change !== undefined) view.onChange(change);
      },
    });
    try {
      report = await system.run(machine.name, input, { signal: io.signal });
      view.settle(model.finish(report));
    } finally {
      view.close();
    }
  }
  const realMs = Math.round(performance.now() - began);
  const done = runDocument(report, model);
  await saveRun(findWorkspaceRoot(root), { name, stage: stage.name, realMs, ...done }, io);
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify(done, null, 2)}\n`);
  } else {
    const options = { width: widthOf(io.stdout), style: styleFor(io.stdout, io.env) };
    if (flags.trace === true) {
      const lines = renderTrace(done, { ...options, longest: LONGEST_VALUE });
      io.stdout.write(`\n${lines.join('\n')}`);
    }
    io.stdout.write(renderResult(done, { ...options, name, stage: stage.name, realMs }));
  }
  return report.status === 'SUCCEEDED' && done.refusedOutputs === undefined ? 0 : 1;
}

/** A workspace that cannot be written to costs the run nothing but its trace; outside, none is kept. */
async function saveRun(
  root: string | undefined,
  run: Omit<SavedRun, 'id' | 'savedAt'>,
  io: Io,
): Promise<void> {
  if (root === undefined) return;
  try {
    await new SavedRuns(root).save({ savedAt: new Date().toISOString(), ...run });
  } catch (error) {
    io.stderr.write(`harmony: the run is not kept: ${(error as Error).message}\n`);
  }
}

function inspectOf({ inspect, inspectPort: port }: RunFlags): { inspect?: InspectOptions } {
  if (inspect === undefined) return {};
  return { inspect: inspect === true ? { port } : { fn: inspect, port } };
}

function waitingText(functionName: string, port: number): string {
  return `${functionName} waits for a debugger on 127.0.0.1:${port}. VS Code: start "Attach to a handler". Chrome: open chrome://inspect.`;
}

/** Nothing is shown of a run that does not start. */
function lazily(make: () => LiveView): LiveView {
  let view: LiveView | undefined;
  return {
    onChange: (change) => (view ??= make()).onChange(change),
    settle: (changes) => view?.settle(changes),
    close: () => view?.close(),
  };
}

function viewOf(machine: StateMachine, model: RunModel, flags: RunFlags, io: Io): LiveView {
  if (flags.json === true) return { onChange() {}, settle() {}, close() {} };
  const { stdout: output } = io;
  const options = { model, output, style: styleFor(output, io.env), width: widthOf(output) };
  if (machine.orchestration === undefined) return stateView(options);
  // A table that is higher than the terminal could not be drawn again in place.
  const fits = model.targets.length < (output.rows ?? 24);
  // Nor one that something else is written into.
  const alone = flags.logs !== true && flags.inspect === undefined;
  const inPlace = output.isTTY && io.env.TERM !== 'dumb' && fits && alone;
  return inPlace ? tableView(options) : lineView(options);
}
