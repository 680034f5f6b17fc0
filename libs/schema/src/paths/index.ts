export { formatPath } from './format-path.ts';
export { instancePath } from './instance-path.ts';
export { pointerKeys, pointerOf } from './pointer.ts';
export { declares, schemaAt, type SchemaAt } from './schema-at.ts';
export { setAt } from './set-at.ts';
export { isTimestamp } from './timestamp.ts';
