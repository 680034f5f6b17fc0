/**
 * The longest of what a template leaves to its deployment: sizes are counted with these, so that
 * what is within a quota here is within it in every partition and region.
 */
export const LONGEST = {
  partition: 'aws-us-gov',
  region: 'ap-southeast-2',
  account: '123456789012',
} as const;
