import { isValidName } from '@harmony/engine';
import { ApiError } from '../errors.ts';

/** @throws ApiError InvalidName */
export function resourceName(name = ''): string {
  if (isValidName(name)) return name;
  throw new ApiError('InvalidName', `Invalid Name: '${name.slice(0, 100)}'`);
}
