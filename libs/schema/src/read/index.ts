export { InvalidSchema, type SchemaIssue } from './invalid-schema.ts';
export { parseSchema } from './parse-schema.ts';
export { readSchema } from './read-schema.ts';
