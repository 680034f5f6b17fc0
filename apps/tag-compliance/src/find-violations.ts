import type { TagComplianceInput } from '@harmony/tag-compliance-contract';

/** One page of GetResources. */
export interface PageInput {
  resources: { ResourceARN: string; Tags?: { Key: string; Value: string }[] }[];
  requiredTags: TagComplianceInput['configuration']['requiredTags'];
}

/** A resource and what is wrong with it; the tags that are right are left out to stay small. */
export interface Violation {
  arn: string;
  /** Keys of required tags that it lacks. */
  missing: string[];
  /** Required tags that it has with a value that is not allowed. */
  wrong: { key: string; value: string }[];
}

export interface PageResult {
  resourcesChecked: number;
  violations: Violation[];
}

/** The resources of one page that lack a required tag or have it with a value that is not allowed. */
export function findViolations({ resources, requiredTags }: PageInput): PageResult {
  const violations = resources
    .map((resource): Violation => {
      const tags = new Map((resource.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
      const violation: Violation = { arn: resource.ResourceARN, missing: [], wrong: [] };
      for (const { key, allowedValues } of requiredTags) {
        const value = tags.get(key);
        if (value === undefined) violation.missing.push(key);
        else if (allowedValues?.includes(value) === false) violation.wrong.push({ key, value });
      }
      return violation;
    })
    .filter(({ missing, wrong }) => missing.length + wrong.length > 0);
  return { resourcesChecked: resources.length, violations };
}
