import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AssemblyError } from '../errors.ts';
import { isObject } from '@harmony/schema';
import { type JsonObject, objectAt, readJsonFile } from './json-file.ts';

/** A stack of the assembly with its template and the assets its template refers to. */
export interface StackFiles {
  /** The CDK stages it lies in, `dev`; '' for a stack outside any stage. */
  readonly stage: string;
  /** In CloudFormation: `prod-billing-alerts`. */
  readonly name: string;
  /** How the CDK CLI selects it: `prod/billing-alerts`. */
  readonly selector: string;
  /** The stacks of the same assembly that go out before it, by name: CDK's dependencies. */
  readonly needs: readonly string[];
  readonly terminationProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
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
  const manifest = await readJsonFile(file);
  refuseUnknownVersion(file, manifest.version);
  const artifacts = Object.entries(objectAt(manifest, 'artifacts'));
  const stacks: StackFiles[] = [];
  for (const [id, artifact] of artifacts) {
    if (!isObject(artifact)) continue;
    const properties = objectAt(artifact, 'properties');
    if (artifact.type === 'cdk:cloud-assembly') {
      const name = String(properties.displayName ?? properties.directoryName);
      stacks.push(...(await readStacks(join(dir, String(properties.directoryName)), name)));
    } else if (artifact.type === 'aws:cloudformation:stack') {
      const templateFile = join(dir, String(properties.templateFile));
      const name = String(properties.stackName ?? id);
      stacks.push({
        ...{ stage, name, selector: String(artifact.displayName ?? name) },
        needs: neededBy(artifact, artifacts),
        terminationProtection: properties.terminationProtection === true,
        tags: textsOf(properties.tags),
        environment: String(artifact.environment),
        template: await readJsonFile(templateFile),
        templateBytes: (await stat(templateFile)).size,
        assets: await readAssets(dir, artifact, artifacts),
      });
    }
  }
  return stacks;
}

/**
 * Each version so far has added to the one before, so those below are read too.
 * https://www.npmjs.com/package/@aws-cdk/cloud-assembly-schema
 */
const NEWEST_MANIFEST = 55;

function refuseUnknownVersion(file: string, version: unknown): void {
  const major = /^(\d+)\.\d+\.\d+$/.exec(String(version))?.[1];
  if (major !== undefined && Number(major) <= NEWEST_MANIFEST) return;
  throw new AssemblyError(
    'ASSEMBLY_INVALID',
    `${file} is of version ${JSON.stringify(version ?? 'none')}, and harmony reads manifests up to version ${NEWEST_MANIFEST}: synthesise with a version of aws-cdk-lib that writes one of those.`,
  );
}

function neededBy(
  { dependencies }: JsonObject,
  artifacts: readonly (readonly [string, unknown])[],
): string[] {
  if (!Array.isArray(dependencies)) return [];
  return artifacts
    .filter(([id]) => dependencies.includes(id))
    .flatMap(([id, artifact]) => {
      if (!isObject(artifact) || artifact.type !== 'aws:cloudformation:stack') return [];
      return String(objectAt(artifact, 'properties').stackName ?? id);
    });
}

function textsOf(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([key, text]) => [key, String(text)]));
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
