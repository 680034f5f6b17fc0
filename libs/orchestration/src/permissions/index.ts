export { INLINE_CHARACTERS, MANAGED_CHARACTERS, MANAGED_POLICIES } from './iam-limits.ts';
export { type Statement } from './pack.ts';
export { LONGEST_PLACE, startPolicies, type StartPolicies } from './start-children.ts';
