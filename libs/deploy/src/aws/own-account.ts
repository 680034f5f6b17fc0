import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '@harmony/assembly';
import { DeployError } from '../errors.ts';

/**
 * Nothing of a stage is in another account, so that there it would read as empty.
 * @throws DeployError `OTHER_ACCOUNT` where the credentials are not those of the stage's account
 */
export async function refuseOtherAccount(
  stage: string,
  { account, region }: Environment,
): Promise<void> {
  const client = new STSClient(region === undefined ? {} : { region });
  const { Account: actual } = await client.send(new GetCallerIdentityCommand({}));
  if (actual === account) return;
  throw new DeployError(
    'OTHER_ACCOUNT',
    `The stage ${stage} goes to the account ${account}, but the credentials are those of ${actual ?? 'no account'}. Nothing was asked or changed there: sign in to ${account}.`,
  );
}
