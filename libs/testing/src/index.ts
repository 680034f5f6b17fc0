export { type ChildRun, type ChildUnderTest, type ServiceCall, synthesiseChild } from './child.ts';
