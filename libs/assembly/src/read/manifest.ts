import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AssemblyError } from '../errors.ts';
import { isObject, type JsonObject, objectAt, readJsonFile } from './json-file.ts';

/** A stack of the assembly with its template and the assets its template refers to. */
export interface StackFiles {
  /** The CDK stages it lies in, `dev`; '' for a stack outside any stage. */
  readonly stage: string;
  readonly name: string;
  /** `aws://123456789012/eu-central-1`; `unknown-account` and `unknown-region` for what is not said. */
  readonly environment: string;
  readonly template: JsonObject;
  /** Of the template's file: CloudFormation's limit is on it. */
  readonly templateBytes: number;
  /** Asset folders by the S3 key a template names them with. */
  readonly assets: ReadonlyMap<string, string>;
}

/**
 * Every stack of an assembly, nested assemblies (CDK stages) included, in the manifests' order.
 *
 * @throws AssemblyError `ASSEMBLY_NOT_FOUND`, `ASSEMBLY_INVALID`
 */
export async function readStacks(dir: string, stage = ''): Promise<StackFiles[]> {
  const file = join(dir, 'manifest.json');
  if (!existsSync(file)) {
    throw new AssemblyError(
      'ASSEMBLY_NOT_FOUND',
      `There is no assembly in ${dir}: make one with  npx nx synth infra`,
    );
  }
  const artifacts = Object.entries(objectAt(await readJsonFile(file), 'artifacts'));
  const stacks: StackFiles[] = [];
  for (const [id, artifact] of artifacts) {
    if (!isObject(artifact)) continue;
    const properties = objectAt(artifact, 'properties');
    if (artifact.type === 'cdk:cloud-assembly') {
      const name = String(properties.displayName ?? properties.directoryName);
      stacks.push(...(await readStacks(join(dir, String(properties.directoryName)), name)));
    } else if (artifact.type === 'aws:cloudformation:stack') {
      const templateFile = join(dir, String(properties.templateFile));
      stacks.push({
        stage,
        name: String(properties.stackName ?? id),
        environment: String(artifact.environment),
        template: await readJsonFile(templateFile),
        templateBytes: (await stat(templateFile)).size,
        assets: await readAssets(dir, artifact, artifacts),
      });
    }
  }
  return stacks;
}

async function readAssets(
  dir: string,
  stack: JsonObject,
  artifacts: readonly (readonly [string, unknown])[],
): Promise<Map<string, string>> {
  const assets = new Map<string, string>();
  const dependencies = Array.isArray(stack.dependencies) ? stack.dependencies : [];
  for (const [id, artifact] of artifacts) {
    if (!isObject(artifact) || artifact.type !== 'cdk:asset-manifest') continue;
    if (!dependencies.includes(id)) continue;
    const file = resolve(dir, String(objectAt(artifact, 'properties').file));
    for (const asset of Object.values(objectAt(await readJsonFile(file), 'files'))) {
      const path = objectAt(asset, 'source').path;
      for (const destination of Object.values(objectAt(asset, 'destinations'))) {
        const key = isObject(destination) ? destination.objectKey : undefined;
        if (typeof key === 'string' && typeof path === 'string') {
          assets.set(key, resolve(dirname(file), path));
        }
      }
    }
  }
  return assets;
}
