/** Where a stage is deployed, and what it is called. */
export interface StageEnvironment {
  /** `dev`, `prod`. */
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-us-gov`, `aws-cn`: the second part of every ARN there. */
  readonly partition: string;
}

/** Regions outside the partition `aws` begin with these. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** What stands for an account and a region where a stage names none: checks and local runs see it. */
export const STAND_IN = { account: '123456789012', region: 'us-east-1' } as const;

/** The environment of a stage, with stand-ins for what it does not name. */
export function environmentOf(
  name: string,
  env: { readonly account?: string; readonly region?: string } = {},
): StageEnvironment {
  const { account = STAND_IN.account, region = STAND_IN.region } = env;
  return { name, account, region, partition: partitionOf(region) };
}

const REGIONS = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['eu-south-1', 'eu-south-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-east-1', 'me-south-1'],
  ...['me-central-1', 'il-central-1', 'af-south-1', 'us-gov-west-1', 'us-gov-east-1'],
  ...['cn-north-1', 'cn-northwest-1'],
];
const NAMES = ['dev', 'prod', 'test', 'staging', 'stage', 'production', 'qa', 'sandbox'];

/**
 * Environments that a stage might have, the plainest first: a definition knows no stage yet, so a
 * value that depends on one is held to its schema by the first of them that the schema accepts.
 */
export function* possibleEnvironments(): Generator<StageEnvironment> {
  for (const name of NAMES) {
    for (const region of REGIONS) yield environmentOf(name, { region });
  }
}
