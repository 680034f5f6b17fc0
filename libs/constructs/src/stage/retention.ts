import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { StageSettings } from './settings.ts';

/**
 * What becomes of logs and data when their stack is deleted. What a failed first deployment made is
 * removed all the same: kept, it would be in the way of the next one under the same name.
 */
export function removalPolicyOf({ protect }: StageSettings): RemovalPolicy {
  return protect === true ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
