import type { LambdaFunction } from '../model.ts';
import { objectAt } from './json-file.ts';
import type { Template } from './template.ts';

/** Lambda's own defaults: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** The functions of a stack whose code is one of its assets. @throws AssemblyError `UNRESOLVED` */
export function readFunctions(
  template: Template,
  assets: ReadonlyMap<string, string>,
): LambdaFunction[] {
  return template.resources('AWS::Lambda::Function').flatMap(([logicalId, resource]) => {
    const properties = objectAt(resource, 'Properties');
    const assetPath = assets.get(String(template.resolve(objectAt(properties, 'Code').S3Key)));
    if (assetPath === undefined) return [];
    const identity = template.identity(logicalId);
    const variables = objectAt(objectAt(properties, 'Environment'), 'Variables');
    return {
      name: identity?.name ?? logicalId,
      arn: identity?.arn ?? logicalId,
      runtime: String(properties.Runtime),
      handler: String(properties.Handler),
      assetPath,
      timeoutSeconds: Number(properties.Timeout ?? DEFAULT_TIMEOUT_SECONDS),
      memoryMb: Number(properties.MemorySize ?? DEFAULT_MEMORY_MB),
      environment: Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, template.text(value)]),
      ),
    };
  });
}
