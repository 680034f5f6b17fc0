import { Aws } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { StageSettings } from './settings.ts';

/** Seconds that Step Functions uses one data key: its own default, the fewest calls to KMS. */
const KEY_REUSE = 300;

export function encryptionOf({
  kmsKeyArn,
}: StageSettings): CfnStateMachine.EncryptionConfigurationProperty | undefined {
  if (kmsKeyArn === undefined) return undefined;
  return {
    type: 'CUSTOMER_MANAGED_KMS_KEY',
    kmsKeyId: kmsKeyArn,
    kmsDataKeyReusePeriodSeconds: KEY_REUSE,
  };
}

/** The key of a log group, as a construct of `scope`. */
export function keyOfLogs(scope: Construct, { kmsKeyArn }: StageSettings): IKey | undefined {
  if (kmsKeyArn === undefined) return undefined;
  return Key.fromKeyArn(scope, 'Key of logs', kmsKeyArn);
}

/** Services that encrypt with the stage's key what a state machine sends them: the shared resources'. */
const ENCRYPTING = ['sns', 's3'];

/**
 * What a state machine's role may do with the stage's key: encrypt its own executions and read
 * those it waits for, deliver its logs, and have a service encrypt what it sends there.
 * https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 *
 * @param machines ARNs: its own and those of the state machines that it starts, or a pattern of them
 * @param actions what its other statements allow, by which the services are known
 */
export function keyStatements(
  { kmsKeyArn }: StageSettings,
  machines: readonly string[],
  actions: readonly string[],
): PolicyStatement[] {
  if (kmsKeyArn === undefined) return [];
  const services = ENCRYPTING.filter((service) =>
    actions.some((action) => action.startsWith(`${service}:`)),
  );
  const uses = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const statement = (
    use: readonly string[],
    key: string,
    values: readonly string[],
    operator = 'StringEquals',
  ) =>
    new PolicyStatement({
      actions: [...use],
      resources: [kmsKeyArn],
      conditions: { [operator]: { [key]: values } },
    });
  const logs = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:*`;
  return [
    statement(uses, 'kms:EncryptionContext:aws:states:stateMachineArn', machines, 'StringLike'),
    statement(['kms:GenerateDataKey'], 'kms:EncryptionContext:SourceArn', [logs]),
    ...(services.length === 0
      ? []
      : [
          statement(
            uses,
            'kms:ViaService',
            services.map((service) => `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`),
          ),
        ]),
  ];
}
