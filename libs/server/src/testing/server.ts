import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Stage, StateMachine } from '@harmony/assembly';
import { startServer } from '../index.ts';
import type { ServerOptions, StatesServer } from '../index.ts';

export const arnOf = (name: string): string =>
  `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;

/** A stage of plain state machines, by name. */
export function stageOf(machines: Readonly<Record<string, object>>, type?: 'EXPRESS'): Stage {
  const stateMachines = Object.entries(machines).map(([name, definition]): StateMachine => ({
    ...{ stage: 'dev', stack: name, logicalId: name, policies: [], foreignPolicies: [] },
    name,
    arn: arnOf(name),
    roleArn: 'arn:aws:iam::123456789012:role/r',
    type: type ?? 'STANDARD',
    definition: definition as Record<string, unknown>,
  }));
  return { name: 'dev', stateMachines, functions: [] };
}

export interface TestServer extends AsyncDisposable {
  readonly server: StatesServer;
  readonly client: SFNClient;
  readonly folder: string;
}

/** A server on a free port with a client that nobody here wrote. */
export async function testServer(
  stage: Stage,
  options: Partial<ServerOptions> = {},
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'harmony-server-'));
  const server = await startServer({ stage, workspaceRoot: folder, port: 0, ...options });
  const client = clientOf(server);
  return {
    server,
    client,
    folder,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function clientOf({ url }: StatesServer): SFNClient {
  return new SFNClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
    disableHostPrefix: true,
  });
}
