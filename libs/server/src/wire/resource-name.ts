import { ApiError } from '../errors.ts';

/** The API's rule for names: no blanks, brackets, wildcards, quotes, control characters. */
const VALID = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/;

/** @throws ApiError InvalidName */
export function resourceName(name = ''): string {
  if (VALID.test(name)) return name;
  throw new ApiError('InvalidName', `Invalid Name: '${name.slice(0, 100)}'`);
}
