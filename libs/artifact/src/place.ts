/** Where something is deployed. */
export interface Place {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-us-gov`, `aws-cn`: the second part of every ARN there. */
  readonly partition: string;
}

/** What stands for an account and a region where a stage names none: checks and local runs see it. */
export const STAND_IN = { account: '123456789012', region: 'us-east-1' } as const;

/**
 * Regions outside the partition `aws` begin with these.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
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
