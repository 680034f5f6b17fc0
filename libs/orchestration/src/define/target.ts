import { type Issue, checkId, validate } from '@harmony/contract';
import type { Json, JsonSchema } from '@harmony/schema';
import { formatPath } from '@harmony/schema/paths';
import type { PlannedTarget } from '../orchestration.ts';
import { takeReferences } from '../reference.ts';
import { retriersOf } from '../retry.ts';
import { possibleEnvironments } from '../stage/environment.ts';
import { inEnvironment, takeStageTexts } from '../stage/stage-values.ts';
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
  const { configuration: given, references, inLists } = takeReferences(item.configuration);
  const { configuration: bare, stageTexts } = takeStageTexts(given);
  const at = `${path}.configuration`;
  const { delay, disableTarget, keepOutput, when, timeout } = item;
  const shape = [
    ...checkJson(bare, at),
    ...inLists.map((keys) => ({
      path: formatPath(keys, at),
      message: 'outputOf cannot stand inside a list: refer to the whole list',
    })),
    ...references.flatMap((found) => checkReference(found, item.contract, around.targets, at)),
  ];
  // What a schema says of a wrong shape would be about values that are not there yet.
  const { configuration, issues } =
    references.length > 0 && shape.length > 0
      ? { configuration: bare, issues: [] }
      : checkConfiguration(item, { bare, references, stageTexts, around, path: at });
  const named = new Set([...(item.dependsOn ?? []), ...references.map(({ target }) => target)]);
  return {
    path,
    issues: [
      ...idIssues,
      ...checkDelay(delay, `${path}.delay`, around),
      ...checkTimeout(timeout, `${path}.timeout`),
      ...checkRetry(item.retry, `${path}.retry`),
      ...checkCondition(when, `${path}.when`, around.payload),
      ...issues,
      ...shape,
    ],
    target: {
      id: item.id,
      child: item.child,
      contract: item.contract,
      // As JSON: what is rendered is what was checked, whoever holds the object passed in.
      configuration: toJson(configuration),
      stageTexts,
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

interface Taken extends Pick<PlannedTarget, 'references' | 'stageTexts'> {
  /** Without references and stage texts. */
  readonly bare: unknown;
  readonly around: Surroundings;
  readonly path: string;
}

/**
 * Holds the configuration to the child's contract, with samples for what a run will put in. What a
 * stage will is that of the plainest environment that the contract accepts.
 */
function checkConfiguration(
  { contract }: Target,
  { bare, references, stageTexts, around, path }: Taken,
): { readonly configuration: unknown; readonly issues: readonly Issue[] } {
  const check = (configuration: unknown) => {
    const sampled =
      references.length === 0
        ? configuration
        : withSamples(configuration as Json, references, around.targets);
    const result = validate(contract.configuration, sampled, path);
    return { configuration, issues: result.success ? [] : result.issues };
  };
  if (stageTexts.length === 0) return check(bare);
  let first: ReturnType<typeof check> | undefined;
  for (const environment of possibleEnvironments()) {
    const found = check(inEnvironment(bare as Json, stageTexts, environment));
    if (found.issues.length === 0) return found;
    first ??= found;
  }
  return first ?? check(bare);
}

function toJson(value: unknown): Json {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as Json);
}
