import { BillingAlerts } from '@harmony/billing-alerts';
import { Orchestrator, type StackBuilder } from '@harmony/constructs';
import { CredentialAudit } from '@harmony/credential-audit';
import { TagCompliance } from '@harmony/tag-compliance';
import { accountReview } from './orchestrations/account-review.ts';

/** A stack per child and per orchestrator, so that each deploys alone. */
export const stacks: Readonly<Record<string, StackBuilder>> = {
  'billing-alerts': (stack, stage) => new BillingAlerts(stack, 'Workflow', { stage }),
  'credential-audit': (stack, stage) => new CredentialAudit(stack, 'Workflow', { stage }),
  'tag-compliance': (stack, stage) => new TagCompliance(stack, 'Workflow', { stage }),
  'account-review': (stack, stage) =>
    new Orchestrator(stack, 'Orchestrator', { stage, orchestration: accountReview }),
};
