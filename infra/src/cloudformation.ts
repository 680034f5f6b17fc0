import { CloudFormationChecks } from '@harmony/constructs/cloudformation-checks';

/** Starts when this module is loaded: the app imports it first, so that it's ready when it's asked. */
export const cloudFormation = new CloudFormationChecks();
