import { billingAlerts } from '@harmony/billing-alerts-contract';
import { credentialAudit } from '@harmony/credential-audit-contract';
import { defineOrchestration, target } from '@harmony/orchestration';
import { tagCompliance } from '@harmony/tag-compliance-contract';
import { z } from 'zod';
import { shared } from '../shared.ts';

const monthlyBudget = { amount: 1000, currency: 'USD' };
const topicArn = shared.resource('billing-alerts').arn;

/** The monthly review of one account: its cost, its credentials, its tags. */
export const accountReview = defineOrchestration({
  name: 'account-review',
  payload: z.object({
    account: z.object({
      id: z.string().regex(/^\d{12}$/),
      name: z.string().min(1).max(50).optional(),
    }),
    period: z.object({ start: z.iso.date(), end: z.iso.date() }),
  }),
  targets: [
    target(billingAlerts, {
      id: 'billing-alerts-actual',
      // Cost Explorer throttles early: let the forecast go first.
      delay: 60,
      configuration: { basis: 'actual', monthlyBudget, thresholds: [50, 80, 100], topicArn },
    }),
    target(billingAlerts, {
      id: 'billing-alerts-forecast',
      configuration: { basis: 'forecast', monthlyBudget, thresholds: [100], topicArn },
    }),
    target(credentialAudit, {
      id: 'credential-audit',
      configuration: { maxAgeDays: 90, exemptUsers: ['break-glass'] },
    }),
    target(tagCompliance, {
      id: 'tag-compliance',
      configuration: {
        requiredTags: [
          { key: 'owner' },
          { key: 'environment', allowedValues: ['dev', 'staging', 'prod'] },
        ],
        bucket: shared.resource('tag-compliance').name,
      },
    }),
  ],
  onTargetFailure: 'failAtEnd',
  // Longer than its slowest child may take, delays included.
  timeout: 3 * 3600,
});
