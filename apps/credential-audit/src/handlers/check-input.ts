import { credentialAudit } from '@harmony/credential-audit-contract';
import { checkInput } from '@harmony/handler';

export const handler = checkInput(credentialAudit);
