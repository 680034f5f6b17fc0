import type { Retrier, TargetEntry } from '@harmony/artifact';
import { providedBy } from '@harmony/artifact/rules';
import { canonicalJson, type Json } from '@harmony/schema';
import { referenceEntry } from '../define/prepare.ts';
import type { Orchestration, PlannedTarget } from '../orchestration.ts';
import { inEnvironment } from '../stage/stage-values.ts';
import type { RenderOptions } from './options.ts';

/** What the states are rendered from: the entries, and what several of them share. */
export interface Plan {
  readonly entries: readonly TargetEntry[];
  /** Retry policies by number, the most common first. */
  readonly policies: readonly (readonly Retrier[])[];
  /** Condition texts by name. */
  readonly conditions: ReadonlyMap<string, string>;
  /** Paths of moments in the payload. */
  readonly moments: readonly string[];
  /** How many Maps run one after the other; at least 1. */
  readonly waves: number;
  /** Where its state machine runs; `aws` unless told. */
  readonly partition?: string;
}

/** Numbers what targets share (retry policies, conditions) and writes their entries. */
export function planOf(
  { targets }: Orchestration,
  { stateMachineArn, environment }: Pick<RenderOptions, 'stateMachineArn' | 'environment'>,
): Plan {
  const policies = policiesOf(targets);
  const texts = [...new Set(targets.flatMap(({ when }) => when ?? []))];
  const conditions = new Map(texts.map((text, index) => [`c${index + 1}`, text]));
  const nameOf = new Map([...conditions].map(([name, text]) => [text, name]));
  const provided = providedBy(
    targets.map(({ references }) => ({ references: references.map(referenceEntry) })),
  );
  const entries = targets.map((target) =>
    entry(target, {
      stateMachineArn: stateMachineArn(target.child),
      configuration:
        environment === undefined
          ? target.configuration
          : inEnvironment(target.configuration, target.stageTexts, environment),
      retry: policies.numbers.get(canonicalJson(target.retriers)) ?? 0,
      when: nameOf.get(target.when ?? ''),
      provides: provided.get(target.id) ?? [],
    }),
  );
  return {
    entries,
    policies: policies.list,
    conditions,
    moments: [...new Set(entries.flatMap(({ delayUntil }) => delayUntil ?? []))],
    waves: targets.reduce((last, { wave }) => Math.max(last, wave), 1),
    ...(environment === undefined ? {} : { partition: environment.partition }),
  };
}

/** Most common first: its state is the Choice's Default, which no entry has to ask for. */
function policiesOf(targets: readonly PlannedTarget[]) {
  const users = new Map<string, { retriers: readonly Retrier[]; count: number }>();
  for (const { retriers } of targets) {
    const key = canonicalJson(retriers);
    users.set(key, { retriers, count: (users.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...users].sort(([, a], [, b]) => b.count - a.count);
  return {
    list: sorted.length === 0 ? [[]] : sorted.map(([, { retriers }]) => retriers),
    numbers: new Map(sorted.map(([key], index) => [key, index])),
  };
}

function entry(
  target: PlannedTarget,
  shared: {
    readonly stateMachineArn: string;
    readonly configuration: Json;
    readonly retry: number;
    readonly when: string | undefined;
    readonly provides: readonly string[];
  },
): TargetEntry {
  const { id, child, delay = 0, dependsOn, references, timeout, wave } = target;
  const { stateMachineArn, configuration, retry, when, provides } = shared;
  return {
    id,
    child,
    stateMachineArn,
    configuration,
    ...(typeof delay === 'object' ? { delayUntil: delay.until } : delay > 0 ? { delay } : {}),
    ...(target.disableTarget === true ? { disableTarget: true } : {}),
    ...(target.keepOutput === true ? { keepOutput: true } : {}),
    ...(when === undefined ? {} : { when }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retry > 0 ? { retry } : {}),
    ...(wave > 1 ? { wave } : {}),
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
    ...(references.length > 0
      ? {
          references: references.map(referenceEntry),
        }
      : {}),
    ...(provides.length > 0 ? { provides } : {}),
  };
}
