export { draftPayload, type PayloadDraft } from './draft-payload.ts';
export type { LintReport } from './lint.ts';
export { lintDefinition } from './lint.ts';
export { lintCalls, lintFile, type LintFileOptions } from './lint-file.ts';
export { refusedOfMock } from './mocks.ts';
export type { LintTextReport, PlacedFinding } from './lint-text.ts';
export { lintText } from './lint-text.ts';
export type { LintCode, LintFinding, Untraced } from './reporter.ts';
