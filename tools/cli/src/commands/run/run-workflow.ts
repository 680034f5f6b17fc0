import { resolve } from 'node:path';
import { RunModel, startLocalSystem } from '@harmony/local';
import type { InspectOptions, RunReport } from '@harmony/local';
import type { StateMachine } from '@harmony/assembly';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { styleFor, widthOf } from '../../terminal/style.ts';
import { printable } from '../../terminal/text.ts';
import { openSource } from '../../sources/open-source.ts';
import { checkInput } from './check-input.ts';
import type { RunFlags } from './flags.ts';
import { lineView, stateView, tableView } from './live-view.ts';
import type { LiveView } from './live-view.ts';
import { readInput } from './read-input.ts';
import { renderResult } from './render-result.ts';

/**
 * Runs a workflow of the assembly and shows it.
 * @returns 0 when the run succeeded, else 1
 * @throws HarmonyError before anything is started
 */
export async function runWorkflow(
  name: string,
  machineName: string | undefined,
  flags: RunFlags,
  io: Io,
): Promise<ExitStatus> {
  const { root, stage, machine, file } = await openSource(name, machineName, flags, io);
  const document = await readInput(flags.input, { name, machine, root, file }, io);
  const input = checkInput(name, machine, document, flags);

  const model = new RunModel({ machine, machines: stage.stateMachines, workspaceRoot: root });
  const view = viewOf(machine, model, flags, io);
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
      ...(flags.mocks === undefined ? {} : { mocksCase: flags.mocks }),
      ...inspectOf(flags),
      ...(flags.mocksFile === undefined ? {} : { mocksFile: resolve(io.cwd, flags.mocksFile) }),
      onEvent: (event) => {
        if (flags.logs === true && event.code === 'HANDLER_LOGGED') {
          io.stderr.write(`${event.functionName}: ${printable(event.text)}\n`);
        }
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
  if (flags.json === true) {
    io.stdout.write(`${JSON.stringify(jsonReport(report, model), null, 2)}\n`);
  } else {
    const style = styleFor(io.stdout, io.env);
    const realMs = performance.now() - began;
    const about = { name, stage: stage.name, realMs, width: widthOf(io.stdout), style };
    io.stdout.write(renderResult(report, model, about));
  }
  return report.status === 'SUCCEEDED' ? 0 : 1;
}

function inspectOf({ inspect, inspectPort: port }: RunFlags): { inspect?: InspectOptions } {
  if (inspect === undefined) return {};
  return { inspect: inspect === true ? { port } : { fn: inspect, port } };
}

function waitingText(functionName: string, port: number): string {
  return `${functionName} waits for a debugger on 127.0.0.1:${port}. VS Code: start "Attach to a handler". Chrome: open chrome://inspect.`;
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

/** The document of `--json`: the report without its history, times as ISO 8601. */
function jsonReport(
  { history: _history, executions, ...report }: RunReport,
  { outcomes }: RunModel,
): object {
  return { ...report, ...(outcomes === undefined ? {} : { outcomes }), executions };
}
