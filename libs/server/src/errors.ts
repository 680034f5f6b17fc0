import { HarmonyError } from '@harmony/errors';

/** What the API answers instead of a result; its code is the API's own name for it. */
export class ApiError extends HarmonyError {
  override readonly name = 'ApiError';
}

/** @throws ApiError as the service says it: `Execution Does Not Exist: 'arn:…'` */
export function missing(what: string, arn: string): ApiError {
  const words = what.replace(/([a-z])([A-Z])/g, '$1 $2');
  return new ApiError(`${what}DoesNotExist`, `${words} Does Not Exist: '${arn}'`);
}
