export { canonicalJson, hashJson, normaliseSchema } from './canonical.ts';
export type { Json, JsonSchema, Keywords } from './json.ts';
export { asList, isObject, isSchema } from './json.ts';
export { followReferences, resolveReference } from './reference.ts';
