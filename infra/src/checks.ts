import { type App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutions } from './aws-solutions.ts';
import { cloudFormation } from './cloudformation.ts';

/**
 * What a synth must pass: CloudFormation's resource schemas and CDK's own template rules, and
 * cdk-nag's AWS Solutions. A finding fails it; acknowledge one, with its reason, where the resource
 * is made.
 */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(cloudFormation, new AwsSolutions(app));
}
