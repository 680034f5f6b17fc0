import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { StageSettings } from './stage/settings.ts';

export interface DeploymentRecordProps {
  readonly stage: StageSettings;
  readonly kind: 'child' | 'orchestrator';
  /** The contract's or the orchestration's name. */
  readonly name: string;
  readonly hash: string;
  /** Plain JSON that `harmony can-deploy` compares: schemas, and an orchestrator's targets. */
  readonly document: object;
  /** What is described: the record is written after it. */
  readonly stateMachine: CfnResource;
}

/**
 * What is deployed, for `harmony can-deploy`: the SSM parameter
 * `/harmony/<stage>/<children|orchestrators>/<name>` with name, version, hash and the place of a
 * content-addressed asset. The schemas lie in the asset, because a standard parameter holds 4,096
 * characters: https://docs.aws.amazon.com/general/latest/gr/ssm.html
 */
export class DeploymentRecord extends Construct {
  constructor(scope: Construct, id: string, props: DeploymentRecordProps) {
    super(scope, id);
    const { stage, kind, name, hash, document, stateMachine } = props;
    const asset = jsonAsset(this, document);
    const folder = kind === 'child' ? 'children' : 'orchestrators';
    const parameter = new CfnParameter(this, 'Parameter', {
      type: 'String',
      name: `/harmony/${stage.name}/${folder}/${name}`,
      description: `What of ${name} is deployed; read by harmony can-deploy.`,
      value: Stack.of(this).toJsonString({
        kind,
        name,
        version: majorVersion(name),
        hash,
        stateMachineArn: stateMachine.ref,
        schemas: { bucket: asset.s3BucketName, key: asset.s3ObjectKey },
      }),
    });
    parameter.addResourceDependency(stateMachine);
  }
}

/** `billing-alerts-v2` is version 2; without a suffix it is 1. */
function majorVersion(name: string): number {
  return Number(/-v(\d+)$/.exec(name)?.[1] ?? 1);
}

/** CDK copies the file into the assembly at once, so it need not outlive this call. */
function jsonAsset(scope: Construct, document: object): Asset {
  const folder = mkdtempSync(join(tmpdir(), 'harmony-record-'));
  try {
    const path = join(folder, 'schemas.json');
    writeFileSync(path, JSON.stringify(document));
    return new Asset(scope, 'Schemas', { path });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
