export type { Direction, SchemaChange, SchemaDiff, Verdict } from './diff.ts';
export { diffSchemas, worst } from './diff.ts';
