import { type Issue, checkId, validate } from '@harmony/contract';
import type { Json, JsonSchema } from '@harmony/schema';
import { formatPath } from '@harmony/schema/paths';
import type { PlannedTarget } from '../orchestration.ts';
import { takeReferences } from '../reference.ts';
import { retriersOf } from '../retry.ts';
import type { Target } from '../target.ts';
import { checkCondition } from './condition.ts';
import { checkJson } from './json.ts';
import { checkReference, withSamples } from './references.ts';
import { checkRetry } from './retry.ts';
import { checkDelay, checkTimeout } from './times.ts';

/** What a target is checked against. */
export interface Surroundings {
  readonly payload: JsonSchema;
  /** Of the orchestration, in seconds. */
  readonly timeout: number;
  readonly targets: ReadonlyMap<string, Target>;
}

/** A target without its wave, and everything wrong with it. */
export interface CheckedTarget {
  readonly target: Omit<PlannedTarget, 'wave'>;
  /** Where messages point: `targets["billing-eu"]`. */
  readonly path: string;
  readonly issues: readonly Issue[];
}

export function checkTarget(item: Target, index: number, around: Surroundings): CheckedTarget {
  const idIssues = checkId(item.id, formatPath(['targets', index, 'id']));
  // A bad id would make a bad path: fall back on the position.
  const path =
    idIssues.length > 0 ? formatPath(['targets', index]) : `targets[${JSON.stringify(item.id)}]`;
  const { configuration, references, inLists } = takeReferences(item.configuration);
  const at = `${path}.configuration`;
  const { delay, disableTarget, keepOutput, when, timeout } = item;
  const shape = [
    ...checkJson(configuration, at),
    ...inLists.map((keys) => ({
      path: formatPath(keys, at),
      message: 'outputOf cannot stand inside a list: refer to the whole list',
    })),
    ...references.flatMap((found) => checkReference(found, item.contract, around.targets, at)),
  ];
  const named = new Set([...(item.dependsOn ?? []), ...references.map(({ target }) => target)]);
  return {
    path,
    issues: [
      ...idIssues,
      ...checkDelay(delay, `${path}.delay`, around),
      ...checkTimeout(timeout, `${path}.timeout`),
      ...checkRetry(item.retry, `${path}.retry`),
      ...checkCondition(when, `${path}.when`, around.payload),
      ...(references.length > 0 && shape.length > 0
        ? []
        : checkConfiguration(item, withSamplesIn(configuration, references, around), at)),
      ...shape,
    ],
    target: {
      id: item.id,
      child: item.child,
      contract: item.contract,
      // As JSON: what is rendered is what was checked, whoever holds the object passed in.
      configuration: toJson(configuration),
      references,
      ...(delay === undefined ? {} : { delay }),
      ...(disableTarget === undefined ? {} : { disableTarget }),
      ...(keepOutput === undefined ? {} : { keepOutput }),
      ...(when === undefined ? {} : { when }),
      ...(timeout === undefined ? {} : { timeout }),
      retriers: retriersOf(item.retry),
      dependsOn: [...named],
    },
  };
}

function withSamplesIn(
  configuration: unknown,
  references: PlannedTarget['references'],
  { targets }: Surroundings,
): unknown {
  if (references.length === 0) return configuration;
  return withSamples(configuration as Json, references, targets);
}

function checkConfiguration({ contract }: Target, value: unknown, path: string): readonly Issue[] {
  const result = validate(contract.configuration, value, path);
  return result.success ? [] : result.issues;
}

function toJson(value: unknown): Json {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as Json);
}
