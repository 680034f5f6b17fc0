export { checkCondition } from './condition.ts';
export { checkConfiguration } from './configuration.ts';
export type { RuleCode, RuleFinding } from './finding.ts';
export { checkDependencies, checkOrder, type OrderFinding, wavesOf } from './order.ts';
export {
  checkReferences,
  type ConfigurationFinding,
  providedBy,
  type Providers,
  withSamples,
} from './references.ts';
export { checkRetry, type RetryFields, retryFields } from './retry.ts';
export { checkChains, checkTimeout, checkTimes } from './times.ts';
