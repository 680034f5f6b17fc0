import { QUOTAS_OF_TYPES } from './resource-quotas.ts';
import { type RoleResource, roleQuotas } from './role-quotas.ts';
import type { QuotaUse } from './quota-use.ts';

const DIVIDE = 'divide what the stack holds between two stacks';

/**
 * Everything in a template that grows with a workspace, against AWS's quotas. Sizes are counted in
 * the partition and the region with the longest names.
 *
 * @param text the template as its file has it
 * @param tags of the stack, which CloudFormation puts on each resource
 */
export function quotasOf(text: string, tags: number): QuotaUse[] {
  const template = JSON.parse(text) as Sections;
  const resources = Object.entries(template['Resources'] ?? {}).map(([id, resource]) => {
    const { Type, Properties = {} } = resource as {
      readonly Type: string;
      readonly Properties?: RoleResource['properties'];
    };
    return { id, type: Type, properties: Properties };
  });
  return [
    ...templateQuotas(template, text),
    ...resources.flatMap(({ id, type, properties }) =>
      (QUOTAS_OF_TYPES[type]?.(properties, tags) ?? []).map((use) => ({ ...use, resource: id })),
    ),
    ...roleQuotas(resources),
  ];
}

type Sections = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
function templateQuotas(template: Sections, text: string): QuotaUse[] {
  const count = (section: string, limit: number): QuotaUse => ({
    quota: `CloudFormation: ${section.toLowerCase()} of a template`,
    used: Object.keys(template[section] ?? {}).length,
    limit,
    advice: DIVIDE,
  });
  return [
    count('Resources', 500),
    count('Outputs', 200),
    count('Parameters', 200),
    count('Mappings', 200),
    {
      quota: 'CloudFormation: bytes of a template',
      used: Buffer.byteLength(text),
      limit: 1_048_576,
      advice: `make configurations smaller, or ${DIVIDE}`,
    },
  ];
}
