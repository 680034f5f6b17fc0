import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Stage } from '@harmony/assembly';
import type { EngineOptions, ExecutionEvent } from '@harmony/engine';
import { HarmonyError } from '@harmony/errors';
import type { LocalEvent } from '@harmony/local';
import { Catalog } from './catalog/catalog.ts';
import { createApp } from './http/app.ts';
import { Generation } from './runs/generation.ts';
import { Runs } from './runs/runs.ts';
import { abortUnfinished } from './runs/unfinished.ts';
import { Store } from './store/store.ts';

export interface ServerOptions {
  readonly stage: Stage;
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Default 8083, the port of Step Functions Local; 0: any that is free. */
  readonly port?: number;
  /** Default 127.0.0.1. Another one lets other machines in. */
  readonly host?: string;
  /** The SQLite file of executions. Default `.harmony/server.sqlite` in the workspace. */
  readonly file?: string;
  /** Ended executions that are kept, oldest out first. Default 10,000. */
  readonly keep?: number;
  /** Executions jump over what they wait for. */
  readonly virtualTime?: boolean;
  /** The test case that state machines use where they have it; else HappyPath. */
  readonly mocksCase?: string;
  /** Answers Tasks in place of the workspace's handlers and mocks: for a measurement. */
  readonly answerTasks?: Pick<EngineOptions, 'runTask' | 'interceptTask'>;
  /** History events of every execution, and what handlers write. */
  readonly onEvent?: (event: ServerEvent) => void;
}

export type ServerEvent =
  | { readonly code: 'HISTORY_RECORDED'; readonly recorded: ExecutionEvent }
  | { readonly code: 'LOCAL'; readonly event: LocalEvent }
  /** A fault of the server itself. */
  | { readonly code: 'FAULT'; readonly error: unknown };

/** A Step Functions API on this machine. */
export interface StatesServer extends AsyncDisposable {
  /** `http://127.0.0.1:8083` */
  readonly url: string;
  /** New executions take this stage; those that run keep theirs. */
  serve(stage: Stage): Promise<void>;
}

/** Another server has the port, or the file. */
export class ServerError extends HarmonyError<'PORT_IN_USE' | 'FILE_IN_USE'> {
  override readonly name = 'ServerError';
}

/**
 * Serves the state machines of a stage, and those made through the API.
 * @throws ServerError when the port or the file is another server's
 */
export async function startServer(options: ServerOptions): Promise<StatesServer> {
  const { stage, workspaceRoot, port = 8083, host = '127.0.0.1', keep = 10_000 } = options;
  const { virtualTime = false, mocksCase, onEvent = () => {} } = options;
  const file = options.file ?? `${workspaceRoot}/.harmony/server.sqlite`;
  const http = await listen(host, port);
  let store: Store;
  try {
    store = openStore(file, (error) => onEvent({ code: 'FAULT', error }));
  } catch (error) {
    http.close();
    throw error;
  }
  abortUnfinished(store);
  const invocations = new Map<string, string>();
  const onLocalEvent = (event: LocalEvent): void => {
    if (event.code === 'HANDLER_INVOKED') invocations.set(event.requestId, event.executionArn);
    if (event.code === 'HANDLER_ENDED') invocations.delete(event.requestId);
    if (event.code === 'HANDLER_LOGGED') {
      const executionArn = invocations.get(event.requestId ?? '') ?? '';
      store.addLog(executionArn, Date.now(), event.functionName, event.text);
    }
    onEvent({ code: 'LOCAL', event });
  };
  const generationOf = (of: Stage): Generation =>
    new Generation({
      stage: of,
      workspaceRoot,
      onEvent: onLocalEvent,
      ...(mocksCase !== undefined && { mocksCase }),
    });
  const catalog = new Catalog(store, stage);
  let ended = 0;
  const runs = new Runs(generationOf(stage), {
    store,
    catalog,
    virtualTime,
    ...(options.answerTasks !== undefined && { answerTasks: options.answerTasks }),
    onEvent: (recorded) => {
      if (/^Execution(?!Started|Redriven)/.test(recorded.event.type) && ++ended % 500 === 0) {
        setImmediate(() => store.prune(keep));
      }
      onEvent({ code: 'HISTORY_RECORDED', recorded });
    },
  });
  store.prune(keep);
  const app = createApp({
    context: { catalog, runs, store },
    hosts: [host],
    onFault: (error) => onEvent({ code: 'FAULT', error }),
  });
  http.on('request', getRequestListener(app.fetch));
  const address = http.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${address.port}`,
    async serve(next) {
      catalog.serve(next, Date.now());
      await runs.serve(generationOf(next));
    },
    async [Symbol.asyncDispose]() {
      if (!http.listening) return;
      http.close();
      await runs.end('Harmony.ServerEnded', 'The server was ended while this execution ran.');
      http.closeAllConnections();
      store[Symbol.dispose]();
    },
  };
}

/** @throws ServerError PORT_IN_USE */
async function listen(host: string, port: number): Promise<Server> {
  const http = createServer();
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  }).catch((error: NodeJS.ErrnoException) => {
    const code = 'PORT_IN_USE';
    if (error.code === 'EADDRINUSE') {
      const message = `Port ${port} is taken, perhaps by another \`harmony dev\`: end it, or choose one with --port.`;
      throw new ServerError(code, message, { cause: error });
    }
    if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL') {
      const message = `The server cannot listen on ${host}, port ${port} (${error.code}): choose others with --host and --port.`;
      throw new ServerError(code, message, { cause: error });
    }
    throw error;
  });
  return http;
}

/** @throws ServerError FILE_IN_USE */
function openStore(file: string, onFault: (error: unknown) => void): Store {
  try {
    return new Store(file, onFault);
  } catch (error) {
    if (!/database is locked/.test((error as Error).message)) throw error;
    throw new ServerError(
      'FILE_IN_USE',
      `${file} is in use by another server of this workspace: end it first.`,
      { cause: error },
    );
  }
}
