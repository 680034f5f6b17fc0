import { type ChildInput, type ChildOutput, defineContract } from '@harmony/contract';
import * as z from 'zod';

/** Finds IAM passwords and access keys of an account that nobody changed for too long. */
export const credentialAudit = defineContract({
  name: 'credential-audit',
  payload: z.object({
    account: z.object({
      id: z
        .string()
        .regex(/^\d{12}$/)
        .describe('The account of the state machine: IAM reports on no other.'),
    }),
  }),
  configuration: z.strictObject({
    maxAgeDays: z
      .int()
      .min(1)
      .max(3650)
      .describe('A password or key that is older, in whole days, is a finding.'),
    exemptUsers: z
      .array(z.string().min(1).max(64))
      .max(500)
      .default([])
      .describe('User names that are not looked at; the root user is <root_account>.'),
  }),
  output: z.object({
    reportGeneratedAt: z.string().describe("IAM's time; a report is up to four hours old."),
    usersChecked: z.int().min(0),
    findings: z.int().min(0).describe('One event was put on the default event bus for each.'),
    oldestAgeDays: z.int().min(0).nullable().describe('null when there is no finding.'),
  }),
  examples: [
    {
      title: 'credentials older than a quarter',
      payload: { account: { id: '123456789012' } },
      configuration: { maxAgeDays: 90, exemptUsers: ['break-glass'] },
      output: {
        reportGeneratedAt: '2026-11-22T05:58:31Z',
        usersChecked: 12,
        findings: 3,
        oldestAgeDays: 512,
      },
    },
    {
      title: 'nobody is exempt',
      payload: { account: { id: '123456789012' } },
      configuration: { maxAgeDays: 365 },
    },
  ],
});

/** What *Check input* returns and every later state reads: checked, defaults applied. */
export type CredentialAuditInput = ChildInput<typeof credentialAudit>;
export type CredentialAuditOutput = ChildOutput<typeof credentialAudit>;
