import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployError } from './errors.ts';

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * An assembly that holds one empty stack, so that the CDK CLI can destroy a stack that the real one no
 * longer has, with the roles that the stage's other stacks are deployed with.
 *
 * @throws DeployError `STAGE_UNKNOWN` where the assembly has no stack of the stage to take them from
 */
export async function assemblyWithOnly(
  assembly: string,
  stage: string,
  stackName: string,
): Promise<AsyncDisposable & { readonly dir: string }> {
  const [version, sibling] = await siblingOf(assembly, stage);
  const dir = await mkdtemp(join(tmpdir(), 'harmony-removed-'));
  const {
    terminationProtection: _,
    stackTemplateAssetObjectUrl: _url,
    additionalDependencies: _assets,
    ...roles
  } = sibling.properties;
  const properties = { ...roles, templateFile: 'template.json', stackName };
  const artifact = { ...sibling, properties, dependencies: [], displayName: stackName };
  await writeFile(join(dir, 'template.json'), '{"Resources":{}}');
  await writeFile(
    join(dir, 'manifest.json'),
    JSON.stringify({ version, artifacts: { [stackName]: artifact } }),
  );
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

async function siblingOf(assembly: string, stage: string): Promise<readonly [unknown, Artifact]> {
  for (const folder of await readdir(assembly)) {
    if (folder !== `assembly-${stage}`) continue;
    const { version, artifacts } = JSON.parse(
      await readFile(join(assembly, folder, 'manifest.json'), 'utf8'),
    ) as { readonly version: unknown; readonly artifacts: Readonly<Record<string, Artifact>> };
    const { additionalMetadataFile: _, ...found } = (Object.values(artifacts).find(
      ({ type }) => type === 'aws:cloudformation:stack',
    ) ?? {}) as Artifact & { readonly additionalMetadataFile?: string };
    if (found.type !== undefined) return [version, found];
  }
  throw new DeployError(
    'STAGE_UNKNOWN',
    `${assembly} has no stack of the stage ${stage}, so it isn't known by which roles its stacks are deployed.`,
  );
}
