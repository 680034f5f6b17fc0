import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * What a synth must pass besides CDK's own template rules: cdk-nag's AWS Solutions. A finding fails
 * it; acknowledge one, with its reason, where the resource is made.
 */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
