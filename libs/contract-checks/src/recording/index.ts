export { recordCase, type RecordedCase, withCase } from './recorded-case.ts';
export { redactedHistory } from './redacted-history.ts';
export { Redaction, type Replacement } from './redaction.ts';
