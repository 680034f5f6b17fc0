import { AssemblyError } from '../errors.ts';
import { objectAt } from './json-file.ts';
import type { LocalFiles } from './local-files.ts';
import { readTemplateDocument } from './template-document.ts';
import type { Template } from './template.ts';

/**
 * The templates of the stacks nested in one, at every depth, whose files are here; the attributes of
 * the others have stand-ins.
 * @param around absolute files of the templates that this one is nested in, its own among them
 * @throws AssemblyError `ASSEMBLY_INVALID` where one cannot be read, or is nested in itself
 */
export async function readNested(
  template: Template,
  files: LocalFiles,
  around: readonly string[] = [],
): Promise<Template[]> {
  const found: Template[] = [];
  for (const [logicalId, resource] of template.resources('AWS::CloudFormation::Stack')) {
    const url = template.resolve(objectAt(resource, 'Properties').TemplateURL);
    const file = typeof url === 'string' ? files.find(url) : undefined;
    if (file === undefined) continue;
    if (around.includes(file)) {
      const message = `${file} is nested in itself: ${logicalId} of stack ${template.stackName}.`;
      throw new AssemblyError('ASSEMBLY_INVALID', message);
    }
    const nested = template.nest(logicalId, await readTemplateDocument(file));
    found.push(nested, ...(await readNested(nested, files, [...around, file])));
  }
  return found;
}
