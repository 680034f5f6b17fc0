import { describe, expect, it } from 'vitest';
import { tagCompliance } from './index.ts';

const payload = { account: { id: '123456789012' } };
const configuration = {
  requiredTags: [{ key: 'owner' }],
  bucket: 'tag-compliance-123456789012',
};

describe('tagCompliance', () => {
  it('looks at all types, a hundred resources at a time, and writes to reports unless told', () => {
    expect(tagCompliance.parse({ payload, configuration }).configuration).toEqual({
      ...configuration,
      resourceTypes: [],
      prefix: 'reports',
      pageSize: 100,
    });
  });

  it.each([
    ['configuration.requiredTags', { requiredTags: [] }],
    [
      'configuration.requiredTags[0].allowedValues',
      { requiredTags: [{ key: 'owner', allowedValues: [] }] },
    ],
    [
      'configuration.requiredTags[0].allowed',
      { requiredTags: [{ key: 'owner', allowed: ['shop'] }] },
    ],
    ['configuration.bucket', { bucket: 'another-bucket' }],
    ['configuration.prefix', { prefix: '/reports' }],
    ['configuration.prefix', { prefix: 'reports/' }],
    ['configuration.pageSize', { pageSize: 101 }],
    ['configuration.resourceTypes[0]', { resourceTypes: ['EC2 instances'] }],
  ])('refuses a wrong %s by its path', (path, changes) => {
    const parse = () =>
      tagCompliance.parse({ payload, configuration: { ...configuration, ...changes } });
    expect(parse).toThrow(
      expect.objectContaining({
        name: 'ContractViolation',
        message: expect.stringContaining(path) as string,
      }),
    );
  });
});
