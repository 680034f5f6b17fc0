import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '@harmony/assembly';
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
import { childOfHandler, handlerBundles, withBundles } from './handler-bundles.ts';
import { buildHandlers, synthesise } from './run-nx.ts';
import type { NxResult } from './run-nx.ts';
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
  const stop = watched ? new SourceFollower(server, { root, stage }, flags, io).start() : () => {};
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve();
    else io.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  stop();
  return 0;
}

/** Serves each change of a source: a handler's as soon as it is built, then the whole workspace. */
class SourceFollower {
  readonly #server: StatesServer;
  readonly #root: string;
  readonly #flags: DevFlags;
  readonly #io: Io;
  #stage: Stage;
  /** Where the served functions were built. */
  #bundles: ReadonlyMap<string, string>;
  #busy = false;
  #changed = new Set<string>();

  constructor(
    server: StatesServer,
    { root, stage }: { readonly root: string; readonly stage: Stage },
    flags: DevFlags,
    io: Io,
  ) {
    this.#server = server;
    this.#root = root;
    this.#flags = flags;
    this.#io = io;
    this.#stage = stage;
    this.#bundles = handlerBundles(stage, root);
  }

  /** @returns ends it */
  start(): () => void {
    return watchSources(this.#root, (files) => {
      for (const file of files) this.#changed.add(file);
      if (!this.#busy) void this.#follow();
    });
  }

  async #follow(): Promise<void> {
    const { signal } = this.#io;
    this.#busy = true;
    try {
      while (this.#changed.size > 0 && !signal.aborted) {
        const files = [...this.#changed].sort();
        this.#changed.clear();
        await this.#serve(files);
      }
    } catch (error) {
      const told = toldToUser(error);
      if (!signal.aborted && told === undefined) throw error;
      if (told !== undefined) this.#keepsServing(told.message);
    } finally {
      this.#busy = false;
    }
  }

  async #serve(files: readonly string[]): Promise<void> {
    const { signal } = this.#io;
    const began = performance.now();
    const say = (what: string): void => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      this.#io.stdout.write(`${files.join(', ')} changed: ${what} after ${seconds} s\n`);
    };
    const children = files.map(childOfHandler);
    if (children.every((child) => child !== undefined)) {
      const built = await buildHandlers([...new Set(children)], this.#root, signal);
      if (!this.#worked(built)) return;
      await this.#server.serve(withBundles(this.#stage, this.#bundles));
      say('its handlers are served');
      // What came meanwhile is served first; the assembly follows when there is time.
      if (this.#changed.size > 0) return;
    }
    if (!this.#worked(await synthesise(this.#root, signal))) return;
    const { assembly } = await openWorkspace(undefined, this.#io);
    this.#stage = stageOf(assembly, this.#flags.stage);
    this.#bundles = handlerBundles(this.#stage, this.#root);
    await this.#server.serve(this.#stage);
    say('the workspace is served');
  }

  #worked(result: NxResult): boolean {
    if (!result.ok) this.#keepsServing(result.output.trimEnd());
    return result.ok;
  }

  #keepsServing(why: string): void {
    this.#io.stderr.write(`${why}\nThe state machines from before are still served.\n`);
  }
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
