import type { SentTarget } from '@harmony/artifact';
import {
  checkCondition,
  checkReferences,
  checkRetry,
  checkTimes,
  type Providers,
  type RuleFinding,
  withSamples,
} from '@harmony/artifact/rules';
import { type Issue, checkId, validate } from '@harmony/contract';
import type { Json, JsonSchema } from '@harmony/schema';
import { formatPath } from '@harmony/schema/paths';
import type { PlannedTarget } from '../orchestration.ts';
import type { FoundReference } from '../reference.ts';
import { completeRetry, retriersOf } from '../retry.ts';
import { possibleEnvironments } from '../stage/environment.ts';
import { type FoundStageText, inEnvironment } from '../stage/stage-values.ts';
import type { Target } from '../target.ts';
import { checkJson } from './json.ts';
import { checkAuthored } from './references.ts';

/** What a target is checked against. */
export interface Surroundings extends Providers {
  readonly payload: JsonSchema;
  /** Of the orchestration, in seconds. */
  readonly timeout: number;
}

/** A target whose references and stage's texts are taken out of its configuration. */
export interface PreparedTarget {
  readonly item: Target;
  readonly stageTexts: readonly FoundStageText[];
  /** As the artifact will hold it. */
  readonly sent: SentTarget;
  readonly references: readonly FoundReference[];
  /** Paths of references inside lists. */
  readonly inLists: readonly (readonly (string | number)[])[];
}

/** A target without its wave, and everything wrong with it. */
export interface CheckedTarget {
  readonly target: Omit<PlannedTarget, 'wave'>;
  /** Where messages point: `targets["billing-eu"]`. */
  readonly path: string;
  readonly issues: readonly Issue[];
}

export function checkTarget(
  prepared: PreparedTarget,
  index: number,
  around: Surroundings,
): CheckedTarget {
  const { item, sent, references, stageTexts } = prepared;
  const idIssues = checkId(item.id, formatPath(['targets', index, 'id']));
  // A bad id would make a bad path: fall back on the position.
  const path =
    idIssues.length > 0 ? formatPath(['targets', index]) : `targets[${JSON.stringify(item.id)}]`;
  const { delay, disableTarget, keepOutput, when, timeout } = item;
  const { configuration, issues } = checkConfiguration(prepared, around, path);
  return {
    path,
    issues: [
      ...idIssues,
      ...[
        ...checkTimes(timesOf(item), around),
        ...(item.retry === undefined ? [] : checkRetry(completeRetry(item.retry))),
        ...(when === undefined ? [] : checkCondition(when, around.payload)),
      ].map(issueAt(path)),
      ...issues,
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
      dependsOn: sent.dependsOn ?? [],
    },
  };
}

/** A finding of a rule, at the place where the author wrote the target. */
export function issueAt(path: string) {
  return (finding: RuleFinding): Issue => ({
    path: `${path}.${finding.path}`,
    message: finding.reason,
  });
}

function timesOf({ delay, timeout }: Target) {
  const moment = typeof delay === 'object' && delay !== null;
  return { timeout, ...(moment ? { delayUntil: delay.until ?? null } : { delay }) };
}

interface CheckedConfiguration {
  readonly configuration: unknown;
  readonly issues: readonly Issue[];
}

/**
 * Holds the configuration to the child's contract, with samples for what a run will put in. What a
 * stage will is that of the plainest environment that the contract accepts.
 */
function checkConfiguration(
  prepared: PreparedTarget,
  around: Surroundings,
  path: string,
): CheckedConfiguration {
  const { item, sent, references, stageTexts } = prepared;
  const shape = checkShape(prepared, around, path);
  // What stands in for a value that is refused would be refused again.
  if (references.length > 0 && shape.length > 0) {
    return { configuration: sent.configuration, issues: shape };
  }
  const check = (configuration: unknown): CheckedConfiguration => {
    const sampled = withSamples({ ...sent, configuration }, around);
    const result = validate(item.contract.configuration, sampled, `${path}.configuration`);
    return { configuration, issues: [...(result.success ? [] : result.issues), ...shape] };
  };
  let first: CheckedConfiguration | undefined;
  for (const environment of stageTexts.length === 0 ? [] : possibleEnvironments()) {
    const found = check(inEnvironment(sent.configuration as Json, stageTexts, environment));
    if (found.issues.length === 0) return found;
    first ??= found;
  }
  return first ?? check(sent.configuration);
}

function checkShape(
  { item, sent, references, inLists }: PreparedTarget,
  around: Surroundings,
  path: string,
): Issue[] {
  const at = `${path}.configuration`;
  const childOf = (id: string) => around.targets.find((other) => other.id === id)?.child;
  const authored = references.flatMap((found) => checkAuthored(found, childOf));
  const taken =
    authored.length > 0 ? authored : checkReferences(sent, item.contract.document, around);
  return [
    ...checkJson(sent.configuration, at),
    ...inLists.map((keys) => ({
      path: formatPath(keys, at),
      message: 'outputOf cannot stand inside a list: refer to the whole list',
    })),
    ...taken.map(issueAt(path)),
  ];
}

function toJson(value: unknown): Json {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? null : (JSON.parse(text) as Json);
}
