export { type Choices, replay, seeded, SIMPLEST } from './choices.ts';
export { generate } from './generate.ts';
