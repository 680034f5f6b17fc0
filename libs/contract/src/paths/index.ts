export { type FieldRead, readExpression, type ReadExpression } from './read-expression.ts';
export { declares, schemaAt, type SchemaAt } from './schema-at.ts';
export { setAt } from './set-at.ts';
export { isTimestamp } from './timestamp.ts';
