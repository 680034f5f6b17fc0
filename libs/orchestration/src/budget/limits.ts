/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_EVENTS = 25_000;
export const MAX_STATE_BYTES = 262_144;
export const MAX_DEFINITION_BYTES = 1_048_576;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const MAX_TEMPLATE_BYTES = 1_048_576;

/** From this share of a limit on a budget is a warning. */
export const NEAR = 0.8;

/** US dollars a state transition, in most regions. https://aws.amazon.com/step-functions/pricing/ */
export const PRICE_OF_TRANSITION = 0.025 / 1000;
