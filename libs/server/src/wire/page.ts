import { ApiError } from '../errors.ts';

/** What a list operation takes of its pages. */
export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** Where a page begins and how much it may hold. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/**
 * The page that is asked for: 100 results unless the request says otherwise, at most 1,000.
 * @throws ApiError InvalidToken for a token that is none of this server's
 */
export function pageOf({ maxResults, nextToken }: PageRequest): Page {
  if (
    maxResults !== undefined &&
    !(Number.isInteger(maxResults) && maxResults >= 0 && maxResults <= 1000)
  ) {
    throw new ApiError(
      'ValidationException',
      `1 validation error detected: Value '${maxResults}' at 'maxResults' failed to satisfy constraint: Member must be between 0 and 1000`,
    );
  }
  const limit = maxResults === undefined || maxResults === 0 ? 100 : maxResults;
  if (nextToken === undefined) return { offset: 0, limit };
  const offset = Number(Buffer.from(nextToken, 'base64url').toString());
  if (Number.isSafeInteger(offset) && offset > 0) return { offset, limit };
  throw new ApiError('InvalidToken', `Invalid Token: '${nextToken.slice(0, 100)}'`);
}

/** Cuts a page out of `items`, of which there is one more than the page holds where more follow. */
export function paged<T>(items: readonly T[], { offset, limit }: Page): [T[], string | undefined] {
  const more = items.length > limit;
  const token = more ? Buffer.from(String(offset + limit)).toString('base64url') : undefined;
  return [items.slice(0, limit), token];
}
