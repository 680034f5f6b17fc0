export { CredentialAudit } from './workflow.ts';
