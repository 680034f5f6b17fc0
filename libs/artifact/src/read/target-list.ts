import { unreadable } from '../errors.ts';
import type { DeployedTarget, ReferenceEntry, SentTarget, TargetEntry } from '../target-entry.ts';
import { objectAt } from './fields.ts';

type Check = (value: unknown, path: string) => void;

/** A field of the type that is not here does not compile: what is not known is refused. */
type Checks<T> = { readonly [F in keyof Required<T>]: Check };

function expects(what: string, fits: (value: unknown) => boolean): Check {
  return (value, path) => {
    if (!fits(value)) throw unreadable(path, `is not ${what}`);
  };
}

const text = expects('a text', (value) => typeof value === 'string' && value !== '');
const pointer = expects('a pointer', (value) => typeof value === 'string');
const whole = (least: number) =>
  expects(`a whole number of ${least} or more`, (value) => {
    return Number.isSafeInteger(value) && (value as number) >= least;
  });
const isTrue = expects('true', (value) => value === true);
const anything: Check = (value, path) => {
  if (value === undefined) throw unreadable(path, 'is missing');
};

function listOf(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) throw unreadable(path, 'is not a list');
    value.forEach((item, index) => check(item, `${path}[${index}]`));
  };
}

/** Every field that must be there, and no field that is not known. */
function objectOf<T>(checks: Checks<T>, required: readonly (keyof T & string)[]): Check {
  return (value, path) => {
    const fields = objectAt(value, path);
    const missing = required.find((field) => !Object.hasOwn(fields, field));
    if (missing !== undefined) throw unreadable(`${path}.${missing}`, 'is missing');
    for (const [field, item] of Object.entries(fields)) {
      if (!Object.hasOwn(checks, field)) throw unreadable(`${path}.${field}`, 'is not known');
      checks[field as keyof T & string](item, `${path}.${field}`);
    }
  };
}

const reference: Checks<ReferenceEntry> = { at: pointer, target: text, from: pointer };

const sent: Checks<SentTarget> = {
  id: text,
  child: text,
  configuration: anything,
  dependsOn: listOf(text),
  references: listOf(objectOf(reference, ['at', 'target', 'from'])),
  provides: listOf(pointer),
};

const deployed: Checks<DeployedTarget> = {
  ...sent,
  delay: whole(1),
  delayUntil: text,
  disableTarget: isTrue,
  keepOutput: isTrue,
  when: text,
  timeout: whole(1),
  retry: whole(1),
  wave: whole(2),
};

const rendered: Checks<TargetEntry> = { ...deployed, stateMachineArn: text };

/** @throws {ArtifactError} naming the path of what is missing, of another type or not known */
export function readTargets(value: unknown, path: string): readonly TargetEntry[] {
  listOf(objectOf(rendered, ['id', 'child', 'stateMachineArn', 'configuration']))(value, path);
  return unique(value as readonly TargetEntry[], path);
}

/** The same, of a record: its targets have no ARN. */
export function readDeployedTargets(value: unknown, path: string): readonly DeployedTarget[] {
  listOf(objectOf(deployed, ['id', 'child', 'configuration']))(value, path);
  return unique(value as readonly DeployedTarget[], path);
}

/** The same, of what alone decides whether children accept what they are sent. */
export function readSentTargets(value: unknown, path: string): readonly SentTarget[] {
  listOf(objectOf(sent, ['id', 'child', 'configuration']))(value, path);
  return unique(value as readonly SentTarget[], path);
}

function unique<T extends { readonly id: string }>(targets: readonly T[], path: string) {
  const seen = new Map<string, number>();
  targets.forEach(({ id }, index) => {
    const first = seen.get(id);
    if (first !== undefined) {
      throw unreadable(`${path}[${index}].id`, `"${id}" is the id of ${path}[${first}] too`);
    }
    seen.set(id, index);
  });
  return targets;
}
