import { type ChildInput, type ChildOutput, defineContract } from '@harmony/contract';
import * as z from 'zod';

/** Finds resources that lack required tags and writes what it found to S3. */
export const tagCompliance = defineContract({
  name: 'tag-compliance',
  payload: z.object({
    account: z.object({
      id: z
        .string()
        .regex(/^\d{12}$/)
        .describe('The account of the state machine; its region is the one looked at.'),
    }),
  }),
  configuration: z.strictObject({
    requiredTags: z
      .array(
        z.strictObject({
          key: z.string().min(1).max(128).describe('Case counts, as in tags.'),
          allowedValues: z
            .array(z.string().max(256))
            .min(1)
            .max(50)
            .optional()
            .describe('Without it any value does, also an empty one.'),
        }),
      )
      .min(1)
      .max(20),
    resourceTypes: z
      .array(z.string().regex(/^[a-z0-9-]+(:[A-Za-z0-9-]+)?$/))
      .max(100)
      .default([])
      .describe('Such as ec2:instance or s3; none means all.'),
    bucket: z
      .string()
      .max(63)
      .regex(/^tag-compliance-[a-z0-9.-]*[a-z0-9]$/)
      .describe(
        'A bucket of this account. Its name starts with tag-compliance-, because the role may ' +
          'write to no other.',
      ),
    prefix: z
      .string()
      .max(200)
      .regex(/^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/)
      .default('reports')
      .describe('Where in the bucket; no slash at either end.'),
    pageSize: z
      .int()
      .min(1)
      .max(100)
      .default(100)
      .describe('Resources per call. Smaller when a page of many long tags exceeds 256 KiB.'),
  }),
  output: z.object({
    resourcesChecked: z.int().min(0),
    resourcesInViolation: z.int().min(0),
    violationPages: z.int().min(0).describe('Objects with violations, the index not counted.'),
    bucket: z.string(),
    indexKey: z.string().describe('The object that lists the pages.'),
  }),
  examples: [
    {
      title: 'owner and environment on everything',
      payload: { account: { id: '123456789012' } },
      configuration: {
        requiredTags: [
          { key: 'owner' },
          { key: 'environment', allowedValues: ['dev', 'staging', 'prod'] },
        ],
        bucket: 'tag-compliance-123456789012',
      },
      output: {
        resourcesChecked: 240,
        resourcesInViolation: 17,
        violationPages: 2,
        bucket: 'tag-compliance-123456789012',
        indexKey: 'reports/123456789012/3f0c/index.json',
      },
    },
    {
      title: 'one kind of resource',
      payload: { account: { id: '123456789012' } },
      configuration: {
        requiredTags: [{ key: 'cost-centre' }],
        resourceTypes: ['ec2:instance', 's3'],
        bucket: 'tag-compliance-123456789012',
        prefix: 'reports/cost-centre',
        pageSize: 50,
      },
    },
  ],
});

/** What *Check input* returns and every later state reads: checked, defaults applied. */
export type TagComplianceInput = ChildInput<typeof tagCompliance>;
export type TagComplianceOutput = ChildOutput<typeof tagCompliance>;
