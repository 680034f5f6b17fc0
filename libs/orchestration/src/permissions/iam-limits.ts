/**
 * IAM's quotas on a role, in characters without white space.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const INLINE_CHARACTERS = 10_240;
export const MANAGED_CHARACTERS = 6_144;
/** Raised to 20 on request; what needs a request is not counted on. */
export const MANAGED_POLICIES = 10;
