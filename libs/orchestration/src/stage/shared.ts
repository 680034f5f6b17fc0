import { checkName } from '@harmony/contract';
import { OrchestrationError } from '../errors.ts';
import type { StageText } from './stage-text.ts';
import { stageRef, stageText } from './stage-text.ts';

/** What a shared stack can hold. */
export type SharedKind = 'topic' | 'bucket';

/** How configurations name a resource of the stage. */
export interface SharedResource {
  readonly name: StageText;
  readonly arn: StageText;
}

/** The resources that a stage's workflows share, by name. */
export interface Shared<Name extends string = string> {
  readonly kinds: Readonly<Record<Name, SharedKind>>;
  /** The resource's name and ARN in whichever stage the reference is deployed. */
  resource(name: Name): SharedResource;
}

/**
 * Names are deterministic, so that nothing but the name ties two stacks: `<name>-<stage>`, and for
 * buckets, whose names are global, account and region after it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const REFERENCES: Readonly<Record<SharedKind, (name: string) => SharedResource>> = {
  topic: (name) => {
    const full = stageText`${name}-${stageRef.name}`;
    const { partition, region, account } = stageRef;
    return { name: full, arn: stageText`arn:${partition}:sns:${region}:${account}:${full}` };
  },
  bucket: (name) => {
    const full = stageText`${name}-${stageRef.name}-${stageRef.account}-${stageRef.region}`;
    return { name: full, arn: stageText`arn:${stageRef.partition}:s3:::${full}` };
  },
};

/** The name of a shared resource. */
export function sharedReference(kind: SharedKind, name: string): SharedResource {
  return REFERENCES[kind](name);
}

/**
 * Declares what the shared stack of each stage creates, as plain data:
 * `defineShared({ 'billing-alerts': 'topic' })`.
 *
 * @throws {OrchestrationError} `SHARED_INVALID` for a name or a kind that cannot be
 */
export function defineShared<const Kinds extends Readonly<Record<string, SharedKind>>>(
  kinds: Kinds,
): Shared<keyof Kinds & string> {
  const issues = Object.entries(kinds).flatMap(([name, kind]) => [
    ...checkName(name, JSON.stringify(name)),
    ...(Object.hasOwn(REFERENCES, kind)
      ? []
      : [{ path: name, message: `${kind} isn't one of ${Object.keys(REFERENCES).join(', ')}` }]),
  ]);
  if (issues.length > 0) {
    throw new OrchestrationError(
      'SHARED_INVALID',
      'The shared resources cannot be defined:',
      issues,
    );
  }
  return {
    kinds,
    resource(name) {
      const kind = kinds[name];
      if (kind === undefined) {
        const message = `no shared resource; there are: ${Object.keys(kinds).join(', ') || 'none'}`;
        throw new OrchestrationError(
          'SHARED_INVALID',
          'A configuration refers to something that is not shared:',
          [{ path: name, message }],
        );
      }
      return sharedReference(kind, name);
    },
  };
}
