/** Which rule a target breaks. Codes never change their meaning. */
export type RuleCode =
  'CONFIGURATION' | 'REFERENCE' | 'CONDITION' | 'DELAY' | 'TIMEOUT' | 'ORDER' | 'RETRY';

/**
 * What one target does wrong, in the terms of its author: a definition and the check of an artifact
 * say the same of it, and each puts its own place before the path.
 */
export interface RuleFinding {
  readonly code: RuleCode;
  /** Within the target: `configuration.thresholds[1]`, `delay.until`, `when`. */
  readonly path: string;
  readonly reason: string;
}
