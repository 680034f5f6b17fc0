export { type CompareOptions, compareSchemas } from './compare.ts';
export type { Difference } from './difference.ts';
