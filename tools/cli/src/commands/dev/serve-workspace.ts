import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '@harmony/server';
import type { ServerEvent, StatesServer } from '@harmony/server';
import type { ExitStatus } from '../../command.ts';
import type { Io } from '../../io.ts';
import { styleFor } from '../../terminal/style.ts';
import { printable } from '../../terminal/text.ts';
import { toldToUser } from '../../told-to-user.ts';
import { UsageError } from '../../usage-error.ts';
import { openWorkspace } from '../../workspace/open.ts';
import { workspaceRoot } from '../../workspace/root.ts';
import { stageOf } from '../../workspace/stage.ts';
import type { DevFlags } from './flags.ts';
import { synthesise } from './synthesise.ts';
import { watchSources } from './watch-sources.ts';

/**
 * Serves a stage until the user interrupts: at once where there is an assembly, and anew after each
 * change of a source. A change that cannot be built leaves what was served last.
 * @throws HarmonyError before anything is served
 */
export async function serveWorkspace(flags: DevFlags, io: Io): Promise<ExitStatus> {
  const watched = flags.assembly === undefined;
  if (watched) {
    const root = workspaceRoot(io, ', or name an assembly with --assembly');
    if (!existsSync(join(root, 'infra', 'cdk.out', 'manifest.json'))) {
      io.stdout.write('There is no assembly yet: synthesising it…\n');
      const first = await synthesise(root, io.signal);
      if (!first.ok) throw new UsageError(`the workspace cannot be synthesised:\n${first.output}`);
    }
  }
  const { root, assembly } = await openWorkspace(flags.assembly, io);
  const stage = stageOf(assembly, flags.stage);
  await using server = await startServer({
    stage,
    workspaceRoot: root,
    port: flags.port,
    host: flags.host,
    virtualTime: flags.virtualTime === true,
    ...(flags.mocks === undefined ? {} : { mocksCase: flags.mocks }),
    onEvent: (event) => show(event, flags, io),
  });
  const machines = stage.stateMachines.length;
  io.stdout.write(
    `Step Functions of stage ${stage.name}, ${machines} state machines, at ${server.url}\n` +
      `  aws stepfunctions list-state-machines --endpoint-url ${server.url}\n`,
  );
  const stop = watched ? follow(server, root, flags, io) : (): void => {};
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve();
    else io.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  stop();
  return 0;
}

/** Serves each change. @returns ends it */
function follow(server: StatesServer, root: string, flags: DevFlags, io: Io): () => void {
  let current: Promise<void> | undefined;
  let again: readonly string[] | undefined;
  const rebuild = async (files: readonly string[]): Promise<void> => {
    const began = performance.now();
    try {
      const built = await synthesise(root, io.signal);
      if (!built.ok) {
        io.stderr.write(`${built.output.trimEnd()}\n`);
        io.stderr.write(
          'That could not be built: the state machines from before are still served.\n',
        );
        return;
      }
      const { assembly } = await openWorkspace(undefined, io);
      await server.serve(stageOf(assembly, flags.stage));
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      io.stdout.write(`${files.join(', ')} changed: served after ${seconds} s\n`);
    } catch (error) {
      if (io.signal.aborted) return;
      const told = toldToUser(error);
      if (told === undefined) throw error;
      io.stderr.write(`${told.message}\nThe state machines from before are still served.\n`);
    }
  };
  const onChange = (files: readonly string[]): void => {
    if (current !== undefined) {
      again = [...new Set([...(again ?? []), ...files])];
      return;
    }
    current = rebuild(files).finally(() => {
      current = undefined;
      const next = again;
      again = undefined;
      if (next !== undefined && !io.signal.aborted) onChange(next);
    });
  };
  return watchSources(root, onChange);
}

function show(event: ServerEvent, flags: DevFlags, io: Io): void {
  if (event.code === 'FAULT') {
    const { error } = event;
    io.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return;
  }
  if (event.code === 'LOCAL') {
    const { event: local } = event;
    if (local.code !== 'HANDLER_LOGGED' || flags.logs !== true) return;
    io.stderr.write(`${local.functionName}: ${printable(local.text)}\n`);
    return;
  }
  const { executionArn, event: recorded } = event.recorded;
  if (!recorded.type.startsWith('Execution')) return;
  const style = styleFor(io.stdout, io.env);
  const time = new Date(recorded.timestamp).toISOString().slice(11, 19);
  const [, , , , , , machine = '', name = ''] = executionArn.split(':');
  const what = recorded.type.replace('Execution', '').toLowerCase();
  const colour = what === 'failed' || what === 'timedout' ? 'red' : 'dim';
  io.stdout.write(`${style('dim', time)} ${machine} ${name} ${style(colour, what)}\n`);
}
