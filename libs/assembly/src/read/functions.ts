import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { isObject } from '@harmony/schema';
import type { FunctionCode, LambdaFunction } from '../model.ts';
import { type JsonObject, objectAt } from './json-file.ts';
import type { LocalFiles } from './local-files.ts';
import { FIRST_VERSION } from './resources.ts';
import type { Template } from './template.ts';

/** Lambda's own defaults: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** The functions of a stack. @throws AssemblyError `UNRESOLVED` */
export function readFunctions(template: Template, files: LocalFiles): LambdaFunction[] {
  const qualifiers = readQualifiers(template);
  return template.resources('AWS::Lambda::Function').map(([logicalId, resource]) => {
    const properties = objectAt(resource, 'Properties');
    const identity = template.identity(logicalId);
    const arn = identity?.arn ?? logicalId;
    const variables = objectAt(objectAt(properties, 'Environment'), 'Variables');
    const environment = template.tracing(() =>
      Object.fromEntries(
        Object.entries(objectAt({ v: template.resolve(variables) }, 'v')).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
    );
    const number = (value: unknown, otherwise: number): number =>
      value === undefined ? otherwise : Number(template.text(value));
    return {
      name: identity?.name ?? logicalId,
      arn,
      qualifiers: qualifiers.get(arn) ?? [],
      runtime: properties.Runtime === undefined ? 'none' : template.text(properties.Runtime),
      handler: template.text(properties.Handler ?? ''),
      code: codeOf(properties, template, files),
      timeoutSeconds: number(properties.Timeout, DEFAULT_TIMEOUT_SECONDS),
      memoryMb: number(properties.MemorySize, DEFAULT_MEMORY_MB),
      environment: environment.value,
      ...(environment.standIns.length > 0 && { standIns: environment.standIns }),
    };
  });
}

/** The published versions and the aliases of a stack, by the ARN of their function. */
function readQualifiers(template: Template): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const type of ['AWS::Lambda::Version', 'AWS::Lambda::Alias']) {
    for (const [logicalId] of template.resources(type)) {
      const [, arn = '', qualifier = FIRST_VERSION] =
        /^(.*):([^:]*)$/.exec(template.identity(logicalId)?.arn ?? '') ?? [];
      found.set(arn, [...(found.get(arn) ?? []), qualifier]);
    }
  }
  return found;
}

function codeOf(properties: JsonObject, template: Template, files: LocalFiles): FunctionCode {
  const code = template.resolve(properties.Code);
  const { ZipFile, ImageUri, S3Key } = isObject(code) ? code : {};
  if (typeof ZipFile === 'string') return { kind: 'inline', source: ZipFile };
  if (properties.PackageType === 'Image' || ImageUri !== undefined) {
    return { kind: 'elsewhere', reason: 'its code is a container image' };
  }
  const reference = typeof code === 'string' ? code : S3Key;
  const path = typeof reference === 'string' ? files.find(reference) : undefined;
  if (path === undefined) {
    return { kind: 'elsewhere', reason: `its code, ${String(reference)}, is not here` };
  }
  // An asset that is gone is a fault of its own, told when the function is called.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return { kind: 'folder', path };
  return { kind: 'elsewhere', reason: `its code is an archive, ${basename(path)}, not a folder` };
}
