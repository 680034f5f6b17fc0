export { type Choices, replay, seeded, SIMPLEST } from './choices.ts';
export { type CompareOptions, compareSchemas } from './compare.ts';
export type { Difference } from './difference.ts';
export { generate } from './generate.ts';
export { quickValidator, type Validity } from './valid.ts';
