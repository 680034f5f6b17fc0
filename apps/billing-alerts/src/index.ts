export { BillingAlerts } from './workflow.ts';
