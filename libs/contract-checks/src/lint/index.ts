export type { LintReport, LintTextReport } from './lint.ts';
export { lintDefinition, lintText } from './lint.ts';
export type { LintCode, LintFinding, Untraced } from './reporter.ts';
