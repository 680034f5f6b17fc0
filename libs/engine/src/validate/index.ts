export { validateDefinition } from './definition.ts';
export type { Diagnostic, DiagnosticCode, ValidateOptions } from './diagnostic.ts';
export { quoteSubstitutions } from './placeholders.ts';
export { validateText } from './text.ts';
export type { TextFinding, TextReport, ValidateTextOptions } from './text.ts';
export type { DefinitionText, Position } from './positions.ts';
export { pointerSteps } from '../pointer.ts';
export { readDefinitionText } from './positions.ts';
export { stateFields } from './state-fields.ts';
