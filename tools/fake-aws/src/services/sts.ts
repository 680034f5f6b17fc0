import type { Service } from '../service.ts';

/** Security Token Service: one account, and every role may be assumed. */
export const sts: Service = ({ id }, action, call) => {
  switch (action) {
    case 'GetCallerIdentity':
      return { Account: id, UserId: 'AIDAFAKE', Arn: `arn:aws:iam::${id}:user/fake` };
    case 'AssumeRole':
    case 'AssumeRoleWithWebIdentity':
      return {
        Credentials: {
          ...{ AccessKeyId: 'ASIAFAKE', SecretAccessKey: 'fake', SessionToken: 'fake' },
          Expiration: new Date(Date.now() + 3_600_000).toISOString(),
        },
        AssumedRoleUser: {
          AssumedRoleId: 'AROAFAKE:session',
          Arn: `${String(call['RoleArn']).replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/session`,
        },
      };
    default:
      return undefined;
  }
};
