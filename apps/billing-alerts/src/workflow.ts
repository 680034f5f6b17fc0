import { join } from 'node:path';
import { billingAlerts } from '@harmony/billing-alerts-contract';
import { ChildWorkflow, type WorkflowProps } from '@harmony/constructs';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** The topics a configuration may name; the contract's `topicArn` has the same prefix. */
const topics = `arn:${Aws.PARTITION}:sns:${Aws.REGION}:${Aws.ACCOUNT_ID}:billing-alerts*`;

/** The child workflow `billing-alerts`. */
export class BillingAlerts extends ChildWorkflow {
  constructor(scope: Construct, id: string, { stage }: WorkflowProps) {
    super(scope, id, {
      stage,
      contract: billingAlerts,
      root: join(import.meta.dirname, '..'),
      timeout: Duration.minutes(15),
      policies: [
        new PolicyStatement({
          actions: ['ce:GetCostAndUsage', 'ce:GetCostForecast'],
          resources: ['*'],
        }),
        new PolicyStatement({
          actions: ['sns:Publish'],
          resources: [topics],
        }),
      ],
      wildcards: [
        {
          finding: 'Resource::*',
          reason: 'Cost Explorer has no resource of its own to name in a policy.',
        },
        {
          finding:
            'Resource::arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:billing-alerts*',
          reason:
            'The topic is configuration, known only when an execution starts. The contract ' +
            'admits only names that start with billing-alerts, and so does this role.',
        },
      ],
    });
  }
}
