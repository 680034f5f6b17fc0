import { irregularActions } from './action-names.ts';
import type { AwsCall } from './call.ts';
import type { IamData } from './iam/iam-data.ts';
import { optimised, RULE_ACTIONS } from './optimised.ts';
import type { CallPlace } from './place.ts';
import { type CallArguments, staticResource } from './static-resource.ts';

/** One action that a role must allow. */
export interface NeededPermission {
  /** `s3:PutObject`. */
  readonly action: string;
  /** Its ARN, where the arguments fix it. */
  readonly resource?: string;
}

/**
 * What a role must allow for a call; `unknown` where the call's actions cannot be told from its
 * name and arguments.
 */
export function neededPermissions(
  call: AwsCall,
  given: CallArguments,
  place: CallPlace,
  iam: IamData,
): readonly NeededPermission[] | 'unknown' {
  if (call.integration === 'optimised') return neededByOptimised(call, given, place);
  const actions = irregularActions(call.service, call.action) ?? regularAction(call, iam);
  if (actions === undefined || actions.length === 0) return 'unknown';
  return actions.map((action) => needed(action, given, place));
}

function regularAction({ service, action }: AwsCall, iam: IamData): readonly string[] | undefined {
  const prefix = iam.prefixOf(service);
  const name = `${prefix}:${action.charAt(0).toUpperCase()}${action.slice(1)}`;
  return prefix !== undefined && iam.exists(name) ? [name] : undefined;
}

function neededByOptimised(
  { service, action, waits }: AwsCall,
  given: CallArguments,
  place: CallPlace,
): readonly NeededPermission[] | 'unknown' {
  const known = optimised(service, action);
  if (known === undefined) return 'unknown';
  const own = known.actions.map((name) => needed(name, given, place));
  if (waits !== 'sync') return own;
  const { partition, region, account } = place;
  return [
    ...own,
    ...(known.sync ?? []).map((name) => ({ action: name })),
    ...(known.rule === undefined ? [] : RULE_ACTIONS).map((name) => ({
      action: name,
      resource: `arn:${partition}:events:${region}:${account}:rule/${known.rule}`,
    })),
  ];
}

function needed(action: string, given: CallArguments, place: CallPlace): NeededPermission {
  const resource = staticResource(action, given, place);
  return resource === undefined ? { action } : { action, resource };
}
