import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaFunction } from '@harmony/assembly';
import type { RunnableFunction } from '../lambda/runnable.ts';

export interface TestFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * A folder that goes away with its user; for the tests of this package only.
 * @param parent to make it in
 */
export async function testFolder(
  files: Record<string, string> = {},
  parent = tmpdir(),
): Promise<TestFolder> {
  await mkdir(parent, { recursive: true });
  const path = await mkdtemp(join(parent, 'harmony-local-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A function over a folder, with settings that a test may change. */
export function testFunction(
  assetPath: string,
  changes: Partial<RunnableFunction & LambdaFunction> = {},
): RunnableFunction & LambdaFunction {
  const name = changes.name ?? 'dev-thermostat-read';
  return {
    name,
    arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    qualifiers: [],
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    assetPath,
    code: { kind: 'folder', path: assetPath },
    timeoutSeconds: 30,
    memoryMb: 256,
    environment: {},
    ...changes,
  };
}
