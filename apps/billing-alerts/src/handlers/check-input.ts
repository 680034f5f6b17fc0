import { billingAlerts } from '@harmony/billing-alerts-contract';
import { checkInput } from '@harmony/handler';

export const handler = checkInput(billingAlerts);
