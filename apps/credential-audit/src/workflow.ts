import { join } from 'node:path';
import { ChildWorkflow, type WorkflowProps } from '@harmony/constructs';
import { credentialAudit } from '@harmony/credential-audit-contract';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** The child workflow `credential-audit`. */
export class CredentialAudit extends ChildWorkflow {
  constructor(scope: Construct, id: string, { stage }: WorkflowProps) {
    super(scope, id, {
      stage,
      contract: credentialAudit,
      root: join(import.meta.dirname, '..'),
      timeout: Duration.minutes(30),
      policies: [
        new PolicyStatement({
          actions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
          resources: ['*'],
        }),
        new PolicyStatement({
          actions: ['events:PutEvents'],
          resources: [
            `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/default`,
          ],
          conditions: { StringEquals: { 'events:source': 'harmony.credential-audit' } },
        }),
      ],
      wildcards: [
        {
          finding: 'Resource::*',
          reason:
            'The credential report is the whole account: its two actions accept no resource ARN ' +
            '(Service Authorization Reference, AWS IAM).',
        },
      ],
    });
  }
}
