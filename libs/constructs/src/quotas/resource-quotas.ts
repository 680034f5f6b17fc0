import { MANAGED_CHARACTERS } from '@harmony/orchestration/permissions';
import { longestText } from './longest-text.ts';
import type { Properties, QuotaUse } from './quota-use.ts';
import { policyLength, SMALLER_ROLE } from './role-quotas.ts';

/** @param tags of the stack */
type Quotas = (properties: Properties, tags: number) => readonly QuotaUse[];

/** The quotas on one resource, by its type. */
export const QUOTAS_OF_TYPES: Readonly<Record<string, Quotas>> = {
  // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
  'AWS::StepFunctions::StateMachine': ({ DefinitionString, Tags }, tags) => [
    {
      quota: 'Step Functions: bytes of a definition',
      used: Buffer.byteLength(longestText(DefinitionString ?? '')),
      limit: 1_048_576,
      advice: 'make configurations smaller, or divide the state machine',
    },
    {
      quota: 'Step Functions: tags of a state machine',
      used: tags + (Array.isArray(Tags) ? Tags.length : 0),
      limit: 50,
      advice: 'give the stage fewer tags',
    },
  ],
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
  'AWS::Events::Rule': ({ Targets }) => [
    {
      quota: 'EventBridge: targets of a rule',
      used: Array.isArray(Targets) ? Targets.length : 0,
      limit: 5,
      advice: 'make a second rule with the same pattern',
    },
  ],
  // https://docs.aws.amazon.com/general/latest/gr/ssm.html
  'AWS::SSM::Parameter': ({ Value, Tier }) => [
    {
      quota: 'Systems Manager: characters of a parameter',
      used: longestText(Value ?? '').length,
      limit: Tier === 'Advanced' ? 8_192 : 4_096,
      advice: 'put what it says into an asset, and its place into the parameter',
    },
  ],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
  'AWS::Logs::ResourcePolicy': ({ PolicyDocument }) => [
    {
      quota: 'CloudWatch Logs: characters of a resource policy',
      used: longestText(PolicyDocument ?? '').length,
      limit: 5_120,
      advice: 'name log groups by a common prefix: under /aws/vendedlogs/ none is needed',
    },
  ],
  'AWS::IAM::ManagedPolicy': ({ PolicyDocument }) => [
    {
      quota: 'IAM: characters of a managed policy',
      used: policyLength(PolicyDocument),
      limit: MANAGED_CHARACTERS,
      advice: SMALLER_ROLE,
    },
  ],
};
