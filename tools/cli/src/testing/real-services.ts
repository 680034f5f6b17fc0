import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Neither has types.
const require = createRequire(import.meta.url);
const dynalite = require('dynalite') as (options: { readonly createTableMs: number }) => Server;
const S3rver = require('@20minutes/s3rver') as new (options: object) => {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
};

/** Servers that others wrote, on loopback. */
export interface RealServices extends AsyncDisposable {
  /** URL; takes any key. */
  readonly dynamodb: string;
  /** URL with the one key that it takes; it has the bucket `photos`. */
  readonly s3: string;
}

export async function realServices(): Promise<RealServices> {
  const directory = await mkdtemp(join(tmpdir(), 'harmony-s3-'));
  const s3 = new S3rver({
    ...{ address: '127.0.0.1', port: 0, silent: true, directory },
    configureBuckets: [{ name: 'photos', configs: [] }],
  });
  const dynamodb = dynalite({ createTableMs: 0 });
  const [{ port }] = await Promise.all([
    s3.run(),
    new Promise<void>((resolve) => dynamodb.listen(0, '127.0.0.1', resolve)),
  ]);
  return {
    dynamodb: `http://127.0.0.1:${(dynamodb.address() as AddressInfo).port}`,
    s3: `http://S3RVER:S3RVER@127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      dynamodb.closeAllConnections();
      await Promise.all([s3.close(), new Promise((resolve) => dynamodb.close(resolve))]);
      await rm(directory, { recursive: true });
    },
  };
}
