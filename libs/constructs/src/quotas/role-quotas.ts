import { INLINE_CHARACTERS, MANAGED_POLICIES } from '@harmony/orchestration/permissions';
import { longest } from './longest-text.ts';
import type { Properties, QuotaUse } from './quota-use.ts';

export const SMALLER_ROLE =
  'call fewer services from one child, name resources by a common prefix, or divide an orchestration (contractOf makes one a target of another)';

export interface RoleResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
}

/**
 * The quotas on roles, with the policies that other resources attach to them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function roleQuotas(resources: readonly RoleResource[]): QuotaUse[] {
  const attached = (id: string, type: string) =>
    resources.filter((one) => one.type === type && names(one.properties['Roles'], id));
  return resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .flatMap(({ id, properties: { Policies, ManagedPolicyArns } }) => {
      const inline = [
        ...(Array.isArray(Policies) ? (Policies as Properties[]) : []),
        ...attached(id, 'AWS::IAM::Policy').map(({ properties }) => properties),
      ];
      const managed = Array.isArray(ManagedPolicyArns) ? ManagedPolicyArns.length : 0;
      return [
        {
          quota: 'IAM: characters of all inline policies of a role',
          resource: id,
          used: inline.reduce((sum, policy) => sum + policyLength(policy['PolicyDocument']), 0),
          limit: INLINE_CHARACTERS,
          advice: SMALLER_ROLE,
        },
        {
          quota: 'IAM: managed policies of a role',
          resource: id,
          used: managed + attached(id, 'AWS::IAM::ManagedPolicy').length,
          limit: MANAGED_POLICIES,
          advice: SMALLER_ROLE,
        },
      ];
    });
}

function names(roles: unknown, id: string): boolean {
  return JSON.stringify(roles ?? []).includes(`{"Ref":"${id}"}`);
}

/** IAM does not count white space. */
export function policyLength(document: unknown): number {
  return (JSON.stringify(longest(document)) ?? '').replaceAll(/\s/g, '').length;
}
