import { randomUUID } from 'node:crypto';
import { isHarmonyError } from '@harmony/errors';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { OperationContext } from '../operations/operation.ts';
import { ApiError } from '../errors.ts';
import { toWire } from '../wire/answer.ts';
import { checkInput } from '../wire/check-input.ts';
import { refusal } from './guard.ts';

export interface AppOptions {
  readonly context: Omit<OperationContext, 'signal'>;
  /** Names besides those of loopback under which the server may be asked. */
  readonly hosts: readonly string[];
  /** A fault of the server itself, which the caller is told little of. */
  readonly onFault: (error: unknown) => void;
}

/** A definition may have 1 MB, and is escaped as JSON text in the request. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const TYPE = 'application/x-amz-json-1.0';

/** The Step Functions API: AWS JSON 1.0 by POST, the operation in `X-Amz-Target`. */
export function createApp({ context, hosts, onFault }: AppOptions): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    const why = refusal({ host: c.req.header('host'), origin: c.req.header('origin') }, hosts);
    if (why !== undefined) return failed(c, 'AccessDeniedException', why, 403);
    return next();
  });
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => failed(c, 'ValidationException', 'The request is larger than 4 MiB.', 413),
    }),
  );
  app.post('/', async (c) => {
    // A form of a page can send any text, but not this type.
    if (!c.req.header('content-type')?.startsWith(TYPE)) {
      return failed(c, 'SerializationException', `The content type must be ${TYPE}.`, 415);
    }
    const name = /^AWSStepFunctions\.(\w+)$/.exec(c.req.header('x-amz-target') ?? '')?.[1] ?? '';
    try {
      return ok(c, await call(name, await c.req.text(), { ...context, signal: c.req.raw.signal }));
    } catch (error) {
      if (isHarmonyError(error)) return failed(c, apiCode(error.code), error.message);
      onFault(error);
      return failed(c, 'InternalFailure', 'The server failed; its log says why.', 500);
    }
  });
  app.notFound((c) =>
    failed(c, 'UnknownOperationException', `There is nothing at ${c.req.path}.`, 404),
  );
  return app;
}

async function call(name: string, body: string, context: OperationContext): Promise<object> {
  // The SDK's schemas are large: they load with the first request, not before the server listens.
  const { operations } = await import('../operations/index.ts');
  const operation = operations.get(name);
  if (operation === undefined) {
    const what = name === '' ? 'A request without an operation' : name;
    throw new ApiError('UnknownOperationException', `${what} is not supported here.`);
  }
  let input: unknown;
  try {
    input = JSON.parse(body === '' ? '{}' : body);
  } catch (error) {
    throw new ApiError('SerializationException', (error as Error).message);
  }
  checkInput(operation.schema, input);
  return operation.run(input as object, context);
}

/** What the local system refuses is told by its own code, unless the API has one for it. */
function apiCode(code: string): string {
  const known: Record<string, string> = {
    INVALID_DEFINITION: 'InvalidDefinition',
    MOCKS_INVALID: 'ValidationException',
    UNKNOWN_MOCK_CASE: 'ValidationException',
    MISSING_CODE: 'ValidationException',
  };
  return known[code] ?? code;
}

function ok(c: Context, result: object): Response {
  return c.body(toWire(result), 200, headers());
}

function failed(
  c: Context,
  code: string,
  message: string,
  status: 400 | 403 | 404 | 413 | 415 | 500 = 400,
): Response {
  return c.body(JSON.stringify({ __type: code, message }), status, headers());
}

function headers(): Record<string, string> {
  return { 'Content-Type': TYPE, 'x-amzn-RequestId': randomUUID() };
}
