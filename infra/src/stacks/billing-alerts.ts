import { BillingAlerts } from '@harmony/billing-alerts';
import type { StackBuilder } from '@harmony/constructs';

export const stack: StackBuilder = (scope, stage) =>
  new BillingAlerts(scope, 'Workflow', { stage });
