import { CredentialAudit } from '@harmony/credential-audit';
import type { StackBuilder } from '@harmony/constructs';

export const stack: StackBuilder = (scope, stage) =>
  new CredentialAudit(scope, 'Workflow', { stage });
