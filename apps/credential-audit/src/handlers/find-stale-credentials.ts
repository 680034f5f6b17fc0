import { defineHandler } from '@harmony/handler';
import {
  type AuditInput,
  type AuditResult,
  findStaleCredentials,
} from '../find-stale-credentials.ts';

export const handler = defineHandler<AuditInput, AuditResult>(({ input, now }) =>
  findStaleCredentials(input, now),
);
