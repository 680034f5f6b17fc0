import { join } from 'node:path';
import { ChildWorkflow, type WorkflowProps } from '@harmony/constructs';
import { tagCompliance } from '@harmony/tag-compliance-contract';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** The child workflow `tag-compliance`. */
export class TagCompliance extends ChildWorkflow {
  constructor(scope: Construct, id: string, { stage }: WorkflowProps) {
    super(scope, id, {
      stage,
      contract: tagCompliance,
      root: join(import.meta.dirname, '..'),
      // 1,200 pages at some seconds each.
      timeout: Duration.hours(2),
      policies: [
        new PolicyStatement({
          actions: ['tag:GetResources'],
          resources: ['*'],
        }),
        new PolicyStatement({
          actions: ['s3:PutObject'],
          resources: [`arn:${Aws.PARTITION}:s3:::tag-compliance-*/*`],
          // Bucket names are global: without this the pattern would reach strangers' buckets.
          conditions: { StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } },
        }),
      ],
      wildcards: [
        {
          finding: 'Resource::*',
          reason:
            'tag:GetResources accepts no resource ARN (Service Authorization Reference, Resource ' +
            'Groups Tagging API).',
        },
        {
          finding: 'Resource::arn:<AWS::Partition>:s3:::tag-compliance-*/*',
          reason:
            'Bucket and prefix are configuration, known only when an execution starts. The ' +
            'contract admits only buckets named tag-compliance-…, and so does this role, in this ' +
            'account.',
        },
      ],
    });
  }
}
