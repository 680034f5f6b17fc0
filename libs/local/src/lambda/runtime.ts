/**
 * The inside of one execution environment: runs in a process of its own, loads the handler that the
 * environment variables name and answers invocations as Lambda's Node.js runtime does.
 */
import { existsSync, readSync, writeSync } from 'node:fs';
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { CHANNEL } from './protocol.ts';
import type { FunctionErrorPayload, InvokeMessage, RuntimeMessage } from './protocol.ts';
import { explainRefusal, refuseTheMachine } from './refusals.ts';
import { sourcePlaces } from './source-places.ts';

type Callback = (error: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: object, callback?: Callback) => unknown;

/** As they were before the function's code could change them. */
const { parse, stringify } = JSON;

const NEWLINE = 0x0a;
/** The longest that a Node timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Lambda's limit for a synchronous response, in bytes (6 MB; the figure is in its own message). */
const MAX_RESPONSE_BYTES = 6_291_556;

interface Settings {
  /** Absolute folder of the unpacked code. */
  readonly taskRoot: string;
  /** As configured, e.g. `index.handler`. */
  readonly handler: string;
  /** e.g. `AWS_Lambda_nodejs24.x`. */
  readonly executionEnvironment: string;
  /** Absolute folder that stands for `/tmp`. */
  readonly temporary: string;
  /** Absolute folder of compiled code. */
  readonly compiled: string;
}

class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Returns when the owner has it all: nothing is lost when the process ends. */
function send(message: RuntimeMessage): void {
  const bytes = Buffer.from(`${stringify(message)}\n`);
  for (let sent = 0; sent < bytes.length;) sent += writeSync(CHANNEL, bytes, sent);
}

/**
 * Waits for the next invocation with the event loop at a stand: between invocations Lambda freezes
 * an environment with all that is still going on in it. Without an owner there is nothing to wait for.
 */
function nextInvocation(): InvokeMessage {
  const chunks: Buffer[] = [];
  for (let last: number | undefined; last !== NEWLINE; last = chunks.at(-1)?.at(-1)) {
    const chunk = Buffer.allocUnsafe(65_536);
    const length = readSync(CHANNEL, chunk);
    if (length === 0) process.exit(0);
    chunks.push(chunk.subarray(0, length));
  }
  return parse(Buffer.concat(chunks).toString('utf8')) as InvokeMessage;
}

/** Where the code's sources are, once the function is known. */
const places = sourcePlaces(process.env['LAMBDA_TASK_ROOT'] ?? '');

/** Sends at once what a handler writes, between its other messages. */
function captureOutput(): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      send({ type: 'log', stream, text: places(text) });
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') queueMicrotask(() => callback());
      return true;
    };
    process[stream].write = write as typeof process.stdout.write;
  }
}

/**
 * Lambda sees only the function's own code: a package that this machine happens to have above the
 * asset folder must not resolve here either. The AWS SDK for JavaScript is part of the runtime.
 */
function confineImports(taskRoot: string): void {
  const root = pathToFileURL(taskRoot.endsWith('/') ? taskRoot : `${taskRoot}/`).href;
  registerHooks({
    resolve(specifier, context, next) {
      const result = next(specifier, context);
      const inside = !result.url.startsWith('file:') || result.url.startsWith(root);
      const fromHandler = context.parentURL?.startsWith(root) ?? false;
      if (inside || !fromHandler || /^@(aws-sdk|smithy)\//.test(specifier)) return result;
      throw Object.assign(
        new Error(`Cannot find package '${specifier}' imported from ${context.parentURL}`),
        { code: 'ERR_MODULE_NOT_FOUND' },
      );
    },
  });
}

/** `index.handler` or `folder/index.nested.handler`: the module's path, then the export's. */
async function loadHandler(settings: Settings): Promise<Handler> {
  const file = basename(settings.handler);
  const parts = /^([^.]*)\.(.*)$/.exec(file);
  const [moduleName, exportPath] = [parts?.[1], parts?.[2]];
  if (!moduleName || !exportPath || settings.handler.includes('..')) {
    throw new RuntimeError('Runtime.MalformedHandlerName', `Bad handler ${settings.handler}`);
  }
  const stem = join(settings.taskRoot, dirname(settings.handler), moduleName);
  const path = [stem, `${stem}.js`, `${stem}.mjs`, `${stem}.cjs`].find((candidate) =>
    existsSync(candidate),
  );
  if (path === undefined) {
    throw new RuntimeError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${moduleName}' in ${settings.taskRoot}`,
    );
  }
  const loaded = await importModule(path);
  const handler = exportPath
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], loaded);
  if (handler === undefined || handler === null) {
    throw new RuntimeError(
      'Runtime.HandlerNotFound',
      `${settings.handler} is undefined or not exported`,
    );
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${settings.handler} is not a function`);
  }
  if (handler.length >= 3 && nodeMajor(settings.executionEnvironment) >= 24) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.' +
        ' You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
    );
  }
  return handler as Handler;
}

function nodeMajor(executionEnvironment: string): number {
  return Number(/nodejs(\d+)\./.exec(executionEnvironment)?.[1] ?? 0);
}

async function importModule(path: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(path).href)) as { default?: unknown };
    // CommonJS exports that Node cannot name ahead of time are under `default`.
    return path.endsWith('.mjs') ? loaded : { ...(loaded.default as object), ...loaded };
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    }
    const code = (error as { code?: unknown }).code;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${(error as Error).message}`);
    }
    throw error;
  }
}

/** The payload that Lambda makes of whatever a handler threw. */
function toErrorPayload(thrown: unknown): FunctionErrorPayload {
  if (isError(thrown)) {
    return {
      errorType: thrown.name,
      errorMessage: explainRefusal(thrown),
      trace: places(thrown.stack ?? '').split('\n'),
    };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

function isError(value: unknown): value is Error {
  return (
    types.isNativeError(value) ||
    (typeof value === 'object' &&
      value !== null &&
      'name' in value &&
      'message' in value &&
      'stack' in value)
  );
}

function lambdaContext(message: InvokeMessage): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: '$LATEST',
    functionName: message.functionName,
    memoryLimitInMB: String(message.memoryMb),
    logGroupName: message.logGroupName,
    logStreamName: message.logStreamName,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: message.functionArn,
    awsRequestId: message.requestId,
    getRemainingTimeInMillis: () => Math.max(0, message.deadline - Date.now()),
  };
}

function callHandler(handler: Handler, event: unknown, context: object): Promise<unknown> {
  if (handler.length < 3) return Promise.resolve(handler(event, context));
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) =>
      error === undefined || error === null ? resolve(result) : reject(error as Error),
    );
    if (types.isPromise(returned)) returned.then(resolve, reject);
  });
}

function serialise(result: unknown): string {
  let json: string;
  try {
    // A function or a symbol has no JSON text either; Lambda answers null.
    json = stringify(result) ?? 'null';
  } catch {
    throw new RuntimeError('Error', 'Unable to stringify response body');
  }
  if (Buffer.byteLength(json) > MAX_RESPONSE_BYTES) {
    throw new RuntimeError(
      'Function.ResponseSizeTooLarge',
      `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
    );
  }
  return json;
}

async function answer(handler: Handler, message: InvokeMessage): Promise<void> {
  const { requestId } = message;
  process.env._X_AMZN_TRACE_ID = `Root=1-00000000-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`;
  try {
    const result = await callHandler(handler, parse(message.eventJson), lambdaContext(message));
    send({ type: 'response', requestId, json: serialise(result) });
  } catch (error) {
    send({ type: 'error', requestId, error: toErrorPayload(error) });
  }
}

async function main(settings: Settings): Promise<void> {
  captureOutput();
  // An interrupt at the terminal reaches the whole process group; the owner decides what it means.
  process.on('SIGINT', () => {});
  process.on('uncaughtException', (error) => {
    send({ type: 'crash', error: toErrorPayload(error) });
    process.exit(129);
  });
  process.on('unhandledRejection', (reason) => {
    const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
    error.stack = `${error.name}: ${error.message}\n${isError(reason) ? reason.stack : ''}`;
    send({ type: 'crash', error: toErrorPayload(error) });
    process.exit(128);
  });
  refuseTheMachine(settings.temporary, settings.taskRoot);
  confineImports(settings.taskRoot);
  // Every environment of a function compiles the same code. Not where Node keeps it for the whole
  // machine: what a handler puts there, other programs would run.
  enableCompileCache(settings.compiled);
  let handler: Handler;
  try {
    handler = await loadHandler(settings);
  } catch (error) {
    send({ type: 'init-error', error: toErrorPayload(error) });
    return;
  }
  // A handler that waits for nothing, and never answers, is ended by its timeout and not by Node.
  setInterval(() => {}, MAX_TIMER_MS);
  send({ type: 'ready' });
  // Now: a process that is killed saves nothing.
  flushCompileCache();
  for (;;) {
    await answer(handler, nextInvocation());
    // What the handler has just brought about, an unhandled rejection for one, comes first.
    await new Promise(setImmediate);
  }
}

const { LAMBDA_TASK_ROOT = '', _HANDLER = '', AWS_EXECUTION_ENV = '' } = process.env;
// Lambda's own process has no arguments.
const [temporary = '', compiled = ''] = process.argv.splice(2);
await main({
  taskRoot: LAMBDA_TASK_ROOT,
  handler: _HANDLER,
  executionEnvironment: AWS_EXECUTION_ENV,
  temporary,
  compiled,
});
