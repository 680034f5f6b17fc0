import { Validations } from 'aws-cdk-lib/core';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { type CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import {
  type Shared,
  type SharedKind,
  sharedReference,
  type StageText,
} from '@harmony/orchestration';
import { textIn } from '@harmony/orchestration';
import { LONGEST_PLACE } from '@harmony/orchestration/permissions';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ConstructError } from './errors.ts';
import { removalPolicyOf } from './stage/retention.ts';
import type { StageSettings, WorkflowProps } from './stage/settings.ts';

export interface SharedResourcesProps extends WorkflowProps {
  readonly shared: Shared;
}

/**
 * What a stage's workflows share: topics and buckets, encrypted, over TLS only, closed to the
 * public, and kept by a protected stage. Their names are what configurations say by
 * `shared.resource(…)`, so no export ties their stack to another.
 *
 * @throws ConstructError `NAME_TOO_LONG`, `NAME_INVALID`
 */
export class SharedResources extends Construct {
  constructor(scope: Construct, id: string, { stage, shared }: SharedResourcesProps) {
    super(scope, id);
    for (const [name, kind] of Object.entries<SharedKind>(shared.kinds)) {
      BUILDERS[kind](this, name, stage);
    }
  }
}

type Builder = (scope: Construct, name: string, stage: StageSettings) => void;

const BUILDERS: Readonly<Record<SharedKind, Builder>> = {
  topic: (scope, name, stage) => {
    const topic = new Topic(scope, name, {
      topicName: physicalName('topic', name, stage),
      enforceSSL: true,
      masterKey: keyOf(scope, name, stage),
    });
    topic.applyRemovalPolicy(removalPolicyOf(stage));
    // Without a key of the stage: SNS's own, which any principal of the account may use through SNS.
    if (stage.kmsKeyArn === undefined) {
      (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
    }
  },
  bucket: (scope, name, stage) => {
    const encryptionKey = keyOf(scope, name, stage);
    const bucket = new Bucket(scope, name, {
      bucketName: physicalName('bucket', name, stage),
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: encryptionKey === undefined ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: encryptionKey !== undefined ? true : undefined,
      versioned: stage.protect === true,
      removalPolicy: removalPolicyOf(stage),
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Who reads the reports is in CloudTrail where a team records data events; an access log ' +
        'would need a bucket of its own in every stage.',
    });
  },
};

function keyOf(scope: Construct, name: string, { kmsKeyArn }: StageSettings) {
  return kmsKeyArn === undefined ? undefined : Key.fromKeyArn(scope, `${name} key`, kmsKeyArn);
}

/** Characters of a name, and which: SNS and S3 have rules of their own. */
const RULES: Readonly<Record<SharedKind, { readonly max: number; readonly allowed: RegExp }>> = {
  // https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
  topic: { max: 256, allowed: /^[A-Za-z0-9_-]+$/ },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  bucket: { max: 63, allowed: /^[a-z0-9][a-z0-9.-]+[a-z0-9]$/ },
};

function physicalName(kind: SharedKind, name: string, stage: StageSettings): string {
  const { parts }: StageText = sharedReference(kind, name).name;
  const longest = textIn(parts, { name: stage.name, ...LONGEST_PLACE, ...stage.env });
  const { max, allowed } = RULES[kind];
  const refuse = (code: 'NAME_TOO_LONG' | 'NAME_INVALID', why: string) => {
    throw new ConstructError(
      code,
      `The shared ${kind} ${name} would be named ${longest} in stage ${stage.name}: ${why}`,
    );
  };
  if (longest.length > max) {
    refuse('NAME_TOO_LONG', `${longest.length} characters, ${max} are allowed. Shorten its name.`);
  }
  if (!allowed.test(longest)) {
    refuse(
      'NAME_INVALID',
      `a ${kind}'s name may hold ${kind === 'bucket' ? 'small letters, digits and "-"' : 'letters, digits, "-" and "_"'} only.`,
    );
  }
  return textIn(parts, {
    name: stage.name,
    account: Aws.ACCOUNT_ID,
    region: Aws.REGION,
    partition: Aws.PARTITION,
  });
}
