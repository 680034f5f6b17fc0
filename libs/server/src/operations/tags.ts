import { ListTagsForResource$, TagResource$, UntagResource$ } from '@aws-sdk/client-sfn';
import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-sfn';
import type { Catalog } from '../catalog/catalog.ts';
import { ApiError } from '../errors.ts';
import { operation } from './operation.ts';

export const tagResource = operation(
  TagResource$,
  ({ resourceArn: arn = '', tags = [] }: TagResourceInput, { catalog }) => {
    const all = { ...tagged(catalog, arn), ...tagsOf(tags) };
    if (Object.keys(all).length > 50) {
      throw new ApiError('TooManyTags', `Resource has more than 50 tags: '${arn}'`);
    }
    catalog.tags.put(arn, all);
  },
);

export const untagResource = operation(
  UntagResource$,
  ({ resourceArn: arn = '', tagKeys = [] }: UntagResourceInput, { catalog }) => {
    const left = Object.entries(tagged(catalog, arn)).filter(([key]) => !tagKeys.includes(key));
    catalog.tags.put(arn, Object.fromEntries(left));
  },
);

export const listTagsForResource = operation(
  ListTagsForResource$,
  ({ resourceArn = '' }: ListTagsForResourceInput, { catalog }): ListTagsForResourceOutput => ({
    tags: Object.entries(tagged(catalog, resourceArn)).map(([key, value]) => ({ key, value })),
  }),
);

export function tagsOf(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
}

/** @throws ApiError ResourceNotFound */
function tagged(catalog: Catalog, arn: string): Record<string, string> {
  if (catalog.find(arn) === undefined && catalog.activities.get(arn) === undefined) {
    throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
  }
  return catalog.tags.get(arn) ?? {};
}
