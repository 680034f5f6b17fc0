import { partitionOf, type Place, STAND_IN } from '@harmony/artifact';

/** Where a stage is deployed, and what it is called: `dev`, `prod`. */
export interface StageEnvironment extends Place {
  readonly name: string;
}

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
