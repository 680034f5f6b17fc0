export type { Direction, SchemaChange, SchemaDiff, Verdict } from './schema-change.ts';
export { diffSchemas, worst } from './diff.ts';
