import { objectAt } from './json-file.ts';
import type { LocalFiles } from './local-files.ts';
import { readTemplateDocument } from './template-document.ts';
import type { Template } from './template.ts';

/**
 * The templates of the stacks nested in one, at every depth, whose files are here; the attributes of
 * the others have stand-ins.
 * @throws AssemblyError `ASSEMBLY_INVALID` where one cannot be read
 */
export async function readNested(template: Template, files: LocalFiles): Promise<Template[]> {
  const found: Template[] = [];
  for (const [logicalId, resource] of template.resources('AWS::CloudFormation::Stack')) {
    const url = template.resolve(objectAt(resource, 'Properties').TemplateURL);
    const file = typeof url === 'string' ? files.find(url) : undefined;
    if (file === undefined) continue;
    const nested = template.nest(logicalId, await readTemplateDocument(file));
    found.push(nested, ...(await readNested(nested, files)));
  }
  return found;
}
