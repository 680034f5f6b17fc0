import type { Json } from '@harmony/engine';
import { ApiError } from '../errors.ts';

/**
 * JSON that a request holds as text.
 * @throws ApiError with this code
 */
export function parseJson(text: string, code: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new ApiError(code, `Invalid ${what}: '${(error as Error).message}'`);
  }
}
