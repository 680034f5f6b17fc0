import type { Assembly, StateMachine } from '@harmony/assembly';
import {
  type CallPlace,
  iamData,
  type NeededPermission,
  neededPermissions,
} from '@harmony/aws-calls';
import type { Finding } from '../finding.ts';
import { callsIn, type DefinedCall } from './calls.ts';
import { requestContext } from './request-context.ts';
import { actionMatches, mayBeAllowed } from './statements.ts';

/** What is wrong between the calls of a state machine and its role. */
export interface PermissionFinding extends Finding<
  'PERMISSION_MISSING' | 'PERMISSION_UNUSED' | 'PERMISSION_NOT_CHECKED'
> {
  readonly stage: string;
  readonly stateMachine: string;
  /** Absent for an action that no state calls for. */
  readonly state?: string;
}

const iam = iamData(import.meta.dirname);

/** What every role has for its own logs, traces and keys; no state calls them. */
const TELEMETRY = ['logs:*', 'xray:*', 'kms:*'];

/**
 * Whether each call of each child is allowed by its role, and whether its role allows no more than
 * is called. An orchestrator's role is held to its list of targets by the contract test.
 */
export function checkPermissions({ stages }: Pick<Assembly, 'stages'>): PermissionFinding[] {
  return stages.flatMap(({ stateMachines }) =>
    stateMachines.filter(({ orchestration }) => orchestration === undefined).flatMap(checkMachine),
  );
}

function checkMachine(machine: StateMachine): PermissionFinding[] {
  const [, partition = '', , region = '', account = ''] = machine.arn.split(':');
  const place: CallPlace = { partition, region, account };
  const own = callsIn(machine.definition).filter(({ hasOwnRole }) => !hasOwnRole);
  const calls = own.map((defined) => ({
    ...defined,
    needs: neededPermissions(defined.call, defined.given, place, iam),
  }));
  return [
    ...calls.flatMap(({ needs, ...defined }) => checkCall(machine, defined, needs, place)),
    ...unused(
      machine,
      calls.map(({ needs }) => needs),
    ),
  ];
}

function checkCall(
  machine: StateMachine,
  defined: DefinedCall,
  needs: readonly NeededPermission[] | 'unknown',
  place: CallPlace,
): PermissionFinding[] {
  const { state, call } = defined;
  const at = { ...placeOf(machine, state), state };
  const name = `${call.service}:${call.action}`;
  const notChecked = (message: string): PermissionFinding => ({
    ...at,
    code: 'PERMISSION_NOT_CHECKED',
    severity: 'notice',
    message,
  });
  if (needs === 'unknown') {
    return [notChecked(`calls ${name}, whose name doesn't tell which IAM actions it needs`)];
  }
  const context = requestContext(defined);
  const missing = needs.filter(
    ({ action, resource }) => !mayBeAllowed(machine.policies, action, resource, context),
  );
  if (missing.length > 0 && machine.foreignPolicies.length > 0) {
    const policies = machine.foreignPolicies.join(', ');
    return [
      notChecked(`calls ${name}, which a policy outside the assembly may allow: ${policies}`),
    ];
  }
  return missing.map(({ action, resource }) => ({
    ...at,
    code: 'PERMISSION_MISSING',
    severity: 'error',
    message: `calls ${name}, but the role ${machine.roleArn} does not allow ${action}${resource === undefined ? '' : ` on ${resource}`}${contextText(context)}`,
    fix: `add to the construct's policies: ${statement(action, resource === undefined ? iam.resourcesOf(action, place) : [resource])}`,
  }));
}

/** Ready to paste; narrower resources than IAM's format are the author's to know. */
function statement(action: string, resources: readonly string[]): string {
  const list = resources.map((resource) => `'${resource}'`).join(', ');
  return `new PolicyStatement({ actions: ['${action}'], resources: [${list}] })`;
}

function contextText(context: Readonly<Record<string, readonly string[]>>): string {
  const known = Object.entries(context).map(([key, values]) => `${key} ${values.join(', ')}`);
  return known.length === 0 ? '' : ` (${known.join('; ')})`;
}

function unused(
  machine: StateMachine,
  needs: readonly (readonly NeededPermission[] | 'unknown')[],
): PermissionFinding[] {
  // A call whose actions are not known may need any of them.
  if (needs.includes('unknown')) return [];
  const called = new Set(
    needs.flatMap((list) => (list === 'unknown' ? [] : list)).map(({ action }) => action),
  );
  const allowed = machine.policies
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ actions }) => actions);
  return [...new Set(allowed)].flatMap((pattern): PermissionFinding[] => {
    if (TELEMETRY.some((known) => actionMatches(known, pattern))) return [];
    const used = [...called].filter((action) => actionMatches(pattern, action));
    if (used.length > 0 && !/[*?]/.test(pattern)) return [];
    const message =
      used.length === 0
        ? `the role ${machine.roleArn} allows ${pattern}, which no state calls`
        : `the role ${machine.roleArn} allows ${pattern}, of which only ${used.join(', ')} is called`;
    return [
      {
        ...placeOf(machine),
        code: 'PERMISSION_UNUSED',
        severity: 'warning',
        message,
        fix:
          used.length === 0
            ? `remove it from the construct's policies`
            : `allow ${used.join(', ')} instead`,
      },
    ];
  });
}

function placeOf(
  { stage, name }: StateMachine,
  state?: string,
): { readonly stage: string; readonly stateMachine: string; readonly path: string } {
  const path = [stage, name, state].filter((part) => part !== undefined && part !== '').join(' › ');
  return { stage, stateMachine: name, path };
}
