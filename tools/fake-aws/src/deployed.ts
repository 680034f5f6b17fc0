import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, newStack } from './content.ts';
import { carryOut } from './services/stack-operations.ts';

interface Artifact {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/**
 * Puts a stage of a synthesised assembly into the account as if the CDK CLI had deployed it: its
 * stacks with what the double makes of them, and those of its assets that are single files.
 */
export function deployStage(account: Account, assembly: string, stage: string): void {
  const dir = join(assembly, `assembly-${stage}`);
  const { artifacts } = readJson(dir, 'manifest.json') as {
    readonly artifacts: Readonly<Record<string, Artifact>>;
  };
  for (const { type, properties } of Object.values(artifacts)) {
    if (type === 'cdk:asset-manifest') publish(account, dir, String(properties['file']));
    if (type !== 'aws:cloudformation:stack') continue;
    const stack = newStack(account, String(properties['stackName']));
    const template = readFileSync(join(dir, String(properties['templateFile'])), 'utf8');
    const tags = new Map(Object.entries((properties['tags'] ?? {}) as Record<string, string>));
    account.stacks.set(stack.name, stack);
    carryOut(account, stack, { type: 'CREATE', template, tags });
    stack.terminationProtection = properties['terminationProtection'] === true;
  }
}

function publish({ objects, id, region }: Account, dir: string, file: string): void {
  const { files } = readJson(dir, file) as AssetManifest;
  for (const { source, destinations } of Object.values(files)) {
    if (source.packaging !== 'file') continue;
    for (const { objectKey } of Object.values(destinations)) {
      const key = `cdk-hnb659fds-assets-${id}-${region}/${objectKey}`;
      objects.set(key, readFileSync(join(dir, source.path)));
    }
  }
}

function readJson(dir: string, file: string): unknown {
  return JSON.parse(readFileSync(join(dir, file), 'utf8'));
}
