export type { Direction, SchemaChange, SchemaDiff, Verdict } from './diff.ts';
export { diffSchemas, worst } from './diff.ts';
export { validator } from './validator.ts';
export { parseSnapshot, snapshotText } from './snapshot.ts';
