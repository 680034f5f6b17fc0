import { Aws } from 'aws-cdk-lib/core';
import type { Definition } from './asl.ts';

/** A service integration's ARN, which names no account and no region but does name a partition. */
const INTEGRATION = /^arn:aws:(?=states:::)/;

/**
 * The definition with the partition of its stage in every service integration, which authors write
 * `arn:aws:states:::…`: elsewhere a run ends there, with "The resource belongs to a different
 * partition from the running execution" (https://github.com/aws/aws-cdk/issues/4597). What is no
 * Resource of a state, of a reader or of a writer stays as it is.
 */
export function inPartition<T extends Definition>(level: T): T {
  const { States } = level;
  if (!isObject(States)) return level;
  const states = Object.entries(States).map(([name, state]) => [name, ofState(state)] as const);
  return { ...level, States: Object.fromEntries(states) };
}

/** What holds a Resource, and what holds states. */
const WITH_RESOURCE = ['ItemReader', 'ResultWriter'];
const WITH_STATES = ['ItemProcessor', 'Iterator'];

function ofState(state: unknown): unknown {
  if (!isObject(state)) return state;
  const changed = Object.entries(withResource(state)).map(([field, value]) => {
    if (WITH_RESOURCE.includes(field) && isObject(value)) return [field, withResource(value)];
    if (WITH_STATES.includes(field) && isObject(value)) return [field, inPartition(value)];
    if (field !== 'Branches' || !Array.isArray(value)) return [field, value];
    return [field, value.map((branch) => (isObject(branch) ? inPartition(branch) : branch))];
  });
  return Object.fromEntries(changed);
}

function withResource(holder: Definition): Definition {
  const { Resource } = holder;
  if (typeof Resource !== 'string') return holder;
  return { ...holder, Resource: Resource.replace(INTEGRATION, `arn:${Aws.PARTITION}:`) };
}

function isObject(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
