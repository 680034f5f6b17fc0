import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Account, accountWith, type AwsContent } from './content.ts';
import { type Service, ServiceError } from './service.ts';
import { cloudFormation } from './services/cloudformation.ts';
import { s3 } from './services/s3.ts';
import { ssm } from './services/ssm.ts';
import { stepFunctions } from './services/step-functions.ts';
import { sts } from './services/sts.ts';
import { formOf, xmlOf } from './xml.ts';

/** A call that was answered or refused, in the order in which they came. */
export interface RecordedCall {
  /** `CloudFormation`, `S3`, … */
  readonly service: string;
  readonly action: string;
  /** What it is about: the stack, the parameter, the object, the execution. */
  readonly subject: string;
}

/** The double while it runs; disposing ends it. */
export interface FakeAws extends AsyncDisposable {
  /** What leads the SDK, the CDK CLI and the AWS CLI to it, and keeps them from everything else. */
  readonly env: Readonly<Record<string, string>>;
  readonly account: Account;
  readonly calls: readonly RecordedCall[];
}

const json: Readonly<Record<string, readonly [string, Service]>> = {
  AmazonSSM: ['SSM', ssm],
  AWSStepFunctions: ['StepFunctions', stepFunctions],
};
const query: Readonly<Record<string, readonly [string, Service]>> = {
  '2010-05-15': ['CloudFormation', cloudFormation],
  '2011-06-15': ['STS', sts],
};

/** Starts a stand-in for AWS on the loopback address; see README.md for what it does as AWS, and what not. */
export async function startFakeAws(content: AwsContent = {}): Promise<FakeAws> {
  const account = accountWith(content);
  const calls: RecordedCall[] = [];
  const server = createServer(
    (request, response) => void answer(account, content.denied ?? [], calls, request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ account, calls },
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: account.region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_MAX_ATTEMPTS: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      // Neither settings nor keys of whoever runs the tests.
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One answer, in the words of the protocol that was spoken. */
type Reply = (
  status: number,
  body: string | Buffer,
  headers?: Readonly<Record<string, string>>,
) => void;

async function answer(
  account: Account,
  denied: readonly string[],
  calls: RecordedCall[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const reply: Reply = (status, text, headers = {}) =>
    void response.writeHead(status, { 'x-amzn-requestid': 'fake', ...headers }).end(text);
  const note = (service: string, action: string, subject: string) => {
    calls.push({ service, action, subject });
    if (denied.includes('*') || denied.includes(action)) {
      throw new ServiceError(
        'AccessDeniedException',
        `not authorized to perform ${action}`,
        service === 'S3' ? 403 : 400,
      );
    }
  };
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') return asJson(account, target, body, note, reply);
  const isForm = String(request.headers['content-type']).startsWith('application/x-www-form');
  if (isForm) return asQuery(account, new URLSearchParams(body.toString()), note, reply);
  asS3(account, request, body, note, reply);
}

type Note = (service: string, action: string, subject: string) => void;

function subjectOf(call: Readonly<Record<string, unknown>>): string {
  const names = ['StackName', 'Name', 'Path', 'executionArn', 'stateMachineArn', 'RoleArn'];
  return String(names.map((name) => call[name]).find((each) => each !== undefined) ?? '');
}

function asJson(account: Account, target: string, body: Buffer, note: Note, reply: Reply): void {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  try {
    const [prefix = '', action = ''] = target.split('.');
    const call = JSON.parse(body.toString() || '{}') as Record<string, unknown>;
    const [name, service] = json[prefix] ?? [prefix, () => undefined];
    note(name, action, subjectOf(call));
    reply(200, JSON.stringify(known(service(account, action, call), target)), headers);
  } catch (error) {
    const { code, message, status } = asServiceError(error);
    reply(status, JSON.stringify({ __type: code, message }), headers);
  }
}

function asQuery(account: Account, form: URLSearchParams, note: Note, reply: Reply): void {
  const headers = { 'content-type': 'text/xml' };
  const action = form.get('Action') ?? '';
  try {
    const call = formOf(form);
    const version = form.get('Version') ?? '';
    const [name, service] = query[version] ?? [version, () => undefined];
    note(name, action, subjectOf(call));
    const result = known(service(account, action, call), action);
    reply(
      200,
      `<${action}Response><${action}Result>${xmlOf(result)}</${action}Result></${action}Response>`,
      headers,
    );
  } catch (error) {
    const { code, message, status } = asServiceError(error);
    const fault = xmlOf({ Error: { Type: 'Sender', Code: code, Message: message } });
    reply(status, `<ErrorResponse>${fault}</ErrorResponse>`, headers);
  }
}

function asS3(
  account: Account,
  request: IncomingMessage,
  body: Buffer,
  note: Note,
  reply: Reply,
): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = decodeURIComponent(url.pathname);
  const { method = 'GET', headers } = request;
  try {
    const isChunked = String(headers['x-amz-content-sha256']).startsWith('STREAMING-');
    const answered = s3(account, { method, path, query: url.searchParams, body, isChunked });
    const { action, body: text } = known(answered, `${method} ${path}${url.search}`);
    note('S3', action, path.slice(1));
    reply(200, text, typeof text === 'string' ? { 'content-type': 'application/xml' } : {});
  } catch (error) {
    const { code, message, status } = asServiceError(error);
    reply(
      status,
      `<?xml version="1.0"?><Error>${xmlOf({ Code: code, Message: message })}</Error>`,
      {
        'content-type': 'application/xml',
      },
    );
  }
}

function known<T>(result: T | undefined, call: string): T {
  if (result !== undefined) return result;
  throw new ServiceError('UnknownOperationException', `the double does not know ${call}`);
}

function asServiceError(error: unknown): ServiceError {
  // Not 500, which clients try again: the double itself is wrong.
  return error instanceof ServiceError ? error : new ServiceError('DoubleFault', String(error));
}
