import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findViolations, type PageInput } from './find-violations.ts';

const arn = 'arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b2c3d4e5f60718';
const requiredTags: PageInput['requiredTags'] = [
  { key: 'owner' },
  { key: 'environment', allowedValues: ['dev', 'prod'] },
];

function page(tags: Record<string, string>): PageInput {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return { resources: [{ ResourceARN: arn, Tags }], requiredTags };
}

describe('findViolations', () => {
  it('keeps nothing of a resource that has every required tag with an allowed value', () => {
    const good = page({ owner: 'shop', environment: 'prod', Name: 'web-1' });
    expect(findViolations(good)).toEqual({ resourcesChecked: 1, violations: [] });
  });

  it('names the tags that are missing and those whose value is not allowed', () => {
    expect(findViolations(page({ environment: 'production' })).violations).toEqual([
      { arn, missing: ['owner'], wrong: [{ key: 'environment', value: 'production' }] },
    ]);
  });

  it('tells keys and values apart by case, as AWS does', () => {
    expect(findViolations(page({ Owner: 'shop', environment: 'Prod' })).violations).toEqual([
      { arn, missing: ['owner'], wrong: [{ key: 'environment', value: 'Prod' }] },
    ]);
  });

  it('lets any value do where none is prescribed, also an empty one', () => {
    expect(findViolations(page({ owner: '', environment: 'dev' })).violations).toEqual([]);
  });

  it('takes a resource that lost all its tags as lacking every one', () => {
    const resources = [{ ResourceARN: arn, Tags: [] }, { ResourceARN: arn }];
    expect(findViolations({ resources, requiredTags }).violations).toEqual([
      { arn, missing: ['owner', 'environment'], wrong: [] },
      { arn, missing: ['owner', 'environment'], wrong: [] },
    ]);
  });

  it('is not misled by tags named like properties of every object', () => {
    const required = [{ key: 'constructor' }, { key: '__proto__' }];
    expect(
      findViolations({ resources: [{ ResourceARN: arn, Tags: [] }], requiredTags: required })
        .violations,
    ).toEqual([{ arn, missing: ['constructor', '__proto__'], wrong: [] }]);
  });

  it('finds the same in one page as in its parts', () => {
    const tag = fc.record({
      Key: fc.constantFrom('owner', 'environment', 'Name'),
      Value: fc.constantFrom('dev', 'x', ''),
    });
    const resource = fc.record({
      ResourceARN: fc.string(),
      Tags: fc.uniqueArray(tag, { selector: ({ Key }) => Key }),
    });
    fc.assert(
      fc.property(fc.array(resource), fc.nat(10), (resources, cut) => {
        const parts = [resources.slice(0, cut), resources.slice(cut)].map((part) =>
          findViolations({ resources: part, requiredTags }),
        );
        expect(findViolations({ resources, requiredTags })).toEqual({
          resourcesChecked: resources.length,
          violations: parts.flatMap(({ violations }) => violations),
        });
      }),
    );
  });
});
