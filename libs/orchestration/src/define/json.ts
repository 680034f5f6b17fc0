import type { Issue } from '@harmony/contract';
import { formatPath } from '@harmony/schema/paths';

/** A schema may allow any value (`z.unknown()`); the artifact holds JSON alone. */
export function checkJson(value: unknown, path: string): Issue[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number' && Number.isFinite(value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      item === undefined
        ? [{ path: formatPath([index], path), message: 'undefined is not JSON' }]
        : checkJson(item, formatPath([index], path)),
    );
  }
  if (typeof value === 'object' && isPlain(value)) {
    return Object.entries(value).flatMap(([key, item]) => checkJson(item, formatPath([key], path)));
  }
  return [{ path, message: `${describe(value)} is not JSON` }];
}

function describe(value: unknown): string {
  return typeof value === 'object' ? `an instance of a class` : `${typeof value} ${String(value)}`;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
