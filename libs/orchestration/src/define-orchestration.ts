import { ON_TARGET_FAILURE, type OnTargetFailure } from '@harmony/artifact';
import {
  checkChains,
  checkDependencies,
  checkTimeout,
  type OrderFinding,
  wavesOf,
} from '@harmony/artifact/rules';
import { type Issue, checkName, findUnrepresentable, toJsonSchema } from '@harmony/contract';
import { hashJson, normaliseSchema } from '@harmony/schema';
import { formatPath } from '@harmony/schema/paths';
import type { z } from 'zod';
import { debugConfiguration, outputSchema } from './contract-of.ts';
import type { CheckedTarget } from './define/target.ts';
import { prepareTargets } from './define/prepare.ts';
import { checkTarget, issueAt } from './define/target.ts';
import { OrchestrationError } from './errors.ts';
import type { Orchestration, PlannedTarget } from './orchestration.ts';
import type { TargetsFedBy } from './payload-check.ts';
import type { Target } from './target.ts';

/** Seconds that a run may take unless told: one day. */
const DEFAULT_TIMEOUT = 24 * 3600;

/**
 * Defines an orchestrator as plain data. An orchestration whose payload lacks what one of its
 * children needs does not compile.
 *
 * @throws {OrchestrationError} `ORCHESTRATION_INVALID`, with every issue and its path: bad names,
 * duplicate ids, times outside Step Functions' limits, configurations the child's contract
 * refuses, conditions over undeclared fields, dependencies that are unknown or go in circles,
 * references to outputs that are not sure to be there
 */
export function defineOrchestration<
  P extends z.ZodObject,
  const T extends readonly Target[],
>(spec: {
  readonly name: string;
  /** What the trigger sends, the same for all targets. */
  readonly payload: P;
  readonly targets: T & TargetsFedBy<NoInfer<P>, T>;
  /** Default 0: as many at once as Step Functions allows. */
  readonly maxConcurrency?: number;
  /** Default `failAtEnd`. */
  readonly onTargetFailure?: OnTargetFailure;
  /** Seconds that a run may take, all delays included. Default: one day. */
  readonly timeout?: number;
}): Orchestration<P> {
  const { name, payload, maxConcurrency = 0, onTargetFailure = 'failAtEnd' } = spec;
  const { timeout = DEFAULT_TIMEOUT } = spec;
  const list: readonly Target[] = spec.targets;
  const refuse = (issues: readonly Issue[]) => {
    if (issues.length === 0) return;
    const headline = `The orchestration "${name}" cannot be defined:`;
    throw new OrchestrationError('ORCHESTRATION_INVALID', headline, issues);
  };
  const unrepresentable = findUnrepresentable(payload, 'payload', 'open-root');
  const schema = unrepresentable.length > 0 ? true : toJsonSchema(payload, 'input');
  const prepared = prepareTargets(list);
  const contracts = new Map(list.map(({ contract }) => [contract.name, contract]));
  const around = {
    ...{ payload: schema, timeout },
    targets: prepared.map(({ sent }) => sent),
    output: (child: string) => contracts.get(child)?.document.output,
  };
  const checked = prepared.map((item, index) => checkTarget(item, index, around));
  const issues = [
    ...checkName(name),
    ...unrepresentable,
    ...checkPolicies(maxConcurrency, onTargetFailure),
    ...checkTimeout(timeout).map(({ path, reason }) => ({ path, message: reason })),
    ...checked.flatMap((target) => target.issues),
    ...checkUnique(list),
  ];
  refuse(issues);
  const targets = inOrder(checked, timeout, refuse);

  const hash = hashJson({
    name,
    payload: normaliseSchema(schema),
    maxConcurrency,
    onTargetFailure,
    timeout,
    targets: targets.map(({ contract, ...item }) => ({ ...item, contract: contract.hash })),
  });
  const document = {
    name,
    payload: schema,
    configuration: toJsonSchema(debugConfiguration, 'input'),
    output: toJsonSchema(outputSchema(targets), 'output'),
    maxConcurrency,
    onTargetFailure,
    timeout,
    hash,
  };
  return Object.freeze({
    name,
    payload,
    targets: Object.freeze(targets),
    maxConcurrency,
    onTargetFailure,
    timeout,
    document: Object.freeze(document),
  });
}

function inOrder(
  checked: readonly CheckedTarget[],
  timeout: number,
  refuse: (issues: readonly Issue[]) => void,
): PlannedTarget[] {
  const pathOf = new Map(checked.map(({ target, path }) => [target.id, path]));
  const ordered = checked.map(({ target }) => target);
  const refuseOrder = (findings: readonly OrderFinding[]) =>
    refuse(findings.map((found) => issueAt(pathOf.get(found.target) ?? '')(found)));
  refuseOrder(checkDependencies(ordered));
  refuseOrder(checkChains(ordered, timeout));
  const waves = wavesOf(ordered);
  return checked.map(({ target }) => Object.freeze({ ...target, wave: waves.get(target.id) ?? 1 }));
}

function checkPolicies(maxConcurrency: number, onTargetFailure: OnTargetFailure): Issue[] {
  const issues: Issue[] = [];
  if (!Number.isSafeInteger(maxConcurrency) || maxConcurrency < 0) {
    const message = `expected an integer of 0 (no bound) or more, got ${String(maxConcurrency)}`;
    issues.push({ path: 'maxConcurrency', message });
  }
  if (!ON_TARGET_FAILURE.includes(onTargetFailure)) {
    const message = `expected one of ${ON_TARGET_FAILURE.join(', ')}, got ${String(onTargetFailure)}`;
    issues.push({ path: 'onTargetFailure', message });
  }
  return issues;
}

function checkUnique(targets: readonly Target[]): Issue[] {
  const first = new Map<string, number>();
  return targets.flatMap(({ id }, index) => {
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, index);
      return [];
    }
    const message = `the id "${id}" is taken by targets[${earlier}]: ids name one target each`;
    return [{ path: formatPath(['targets', index, 'id']), message }];
  });
}
