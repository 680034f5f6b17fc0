import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in holds; see fake-aws.md. */
export interface FakeAws {
  readonly parameters: Readonly<Record<string, string>>;
  /** By `<bucket>/<key>`. */
  readonly objects: Readonly<Record<string, string>>;
  readonly executions: readonly {
    readonly executionArn: string;
    readonly stateMachineArn: string;
    readonly input: string;
    readonly definition: string;
  }[];
  readonly denied?: boolean;
}

type Body = Readonly<Record<string, unknown>>;

const PAGE = 2;

/** Starts the stand-in and leads the SDK to it; disposing ends it and restores the environment. */
export async function startFakeAws(content: FakeAws): Promise<AsyncDisposable> {
  const server = createServer((request, response) => void answer(content, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const settings: Record<string, string> = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
  };
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  return {
    async [Symbol.asyncDispose]() {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  content: FakeAws,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const json = (status: number, body: Body) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  };
  if (content.denied === true) {
    return json(400, { __type: 'AccessDeniedException', message: 'not authorized' });
  }
  const call = request.headers['x-amz-target'];
  if (call === undefined) return object(content, request, response);
  const result = respond(
    content,
    String(call),
    JSON.parse(Buffer.concat(chunks).toString() || '{}') as Body,
  );
  if (result) json(200, result);
  else json(400, { __type: 'UnknownOperationException', message: String(call) });
}

function object({ objects }: FakeAws, request: IncomingMessage, response: ServerResponse): void {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(
    1,
  );
  const body = request.method === 'GET' ? objects[path] : undefined;
  if (body !== undefined) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    return;
  }
  const error =
    '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>';
  response.writeHead(404, { 'content-type': 'application/xml' }).end(error);
}

function respond(content: FakeAws, call: string, body: Body): Body | undefined {
  const execution = content.executions.find((each) => each.executionArn === body['executionArn']);
  switch (call) {
    case 'AmazonSSM.GetParametersByPath': {
      const names = Object.keys(content.parameters).filter((name) =>
        name.startsWith(`${String(body['Path'])}/`),
      );
      const at = Number(body['NextToken'] ?? 0);
      const page = names.slice(at, at + PAGE);
      return {
        Parameters: page.map((Name) => ({ Name, Type: 'String', Value: content.parameters[Name] })),
        ...(at + PAGE < names.length ? { NextToken: String(at + PAGE) } : {}),
      };
    }
    case 'AWSStepFunctions.ListExecutions': {
      const all = content.executions.filter(
        ({ stateMachineArn }) =>
          stateMachineArn === body['stateMachineArn'] && body['statusFilter'] === 'RUNNING',
      );
      const at = Number(body['nextToken'] ?? 0);
      const executions = all.slice(at, at + 1).map(({ executionArn, stateMachineArn }) => ({
        ...{ executionArn, stateMachineArn, name: 'x', status: 'RUNNING', startDate: 1 },
      }));
      return { executions, ...(at + 1 < all.length ? { nextToken: String(at + 1) } : {}) };
    }
    case 'AWSStepFunctions.DescribeExecution': {
      if (!execution) return undefined;
      const { executionArn, stateMachineArn, input } = execution;
      return { executionArn, stateMachineArn, input, status: 'RUNNING', startDate: 1 };
    }
    case 'AWSStepFunctions.DescribeStateMachineForExecution': {
      if (!execution) return undefined;
      const { stateMachineArn, definition } = execution;
      return { stateMachineArn, definition, name: 'x', roleArn: 'arn', updateDate: 1 };
    }
    default:
      return undefined;
  }
}
