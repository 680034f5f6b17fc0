import { ApiError } from '../errors.ts';

/**
 * A schema of the SDK's own (`StaticSchema` of `@smithy/types`): a number for a simple type, an array
 * that begins with its kind, or a function that gives one of these.
 */
export type SdkSchema = unknown;

const KIND = { simple: 0, list: 1, map: 2 };
/** Simple types; 64 makes a list of one, 128 a map. */
const [STRING, NUMBER, BOOLEAN, LIST, MAP] = [0, 1, 2, 64, 128];

/**
 * Holds a request against the schema that the SDK sends it by.
 * @throws ApiError ValidationException, which names each member at fault
 */
export function checkInput(schema: SdkSchema, input: unknown): void {
  const faults: string[] = [];
  check(schema, input, '', faults);
  if (faults.length === 0) return;
  const count = `${faults.length} validation error${faults.length > 1 ? 's' : ''} detected`;
  throw new ApiError('ValidationException', `${count}: ${faults.join('; ')}`);
}

function check(written: SdkSchema, value: unknown, path: string, faults: string[]): void {
  const schema = typeof written === 'function' ? (written as () => SdkSchema)() : written;
  const each = (inner: SdkSchema, entries: [string | number, unknown][]): void => {
    for (const [key, item] of entries) check(inner, item, `${path}[${key}]`, faults);
  };
  const isA = (fits: boolean, type: string): boolean => {
    if (!fits)
      faults.push(`Value at '${path}' failed to satisfy constraint: Member must be ${type}`);
    return fits;
  };
  if (typeof schema === 'number') {
    if (schema >= MAP) {
      if (isA(isObject(value), 'a map')) each(schema - MAP, Object.entries(value as object));
    } else if (schema >= LIST) {
      if (isA(Array.isArray(value), 'a list')) each(schema - LIST, [...(value as []).entries()]);
    } else {
      const types: Record<number, string> = {
        [STRING]: 'string',
        [NUMBER]: 'number',
        [BOOLEAN]: 'boolean',
      };
      const type = types[schema];
      if (type !== undefined) isA(typeof value === type, `a ${type}`);
    }
    return;
  }
  if (!Array.isArray(schema)) return;
  const [kind, , , , first, second, required = 0] = schema as unknown[];
  switch (kind) {
    case KIND.simple:
      return check(first, value, path, faults);
    case KIND.list:
      if (isA(Array.isArray(value), 'a list')) {
        each(withoutTraits(first), [...(value as []).entries()]);
      }
      return;
    case KIND.map:
      if (isA(isObject(value), 'a map'))
        each(withoutTraits(second), Object.entries(value as object));
      return;
    default: {
      if (!isA(isObject(value), 'a structure')) return;
      const members = first as readonly string[];
      for (const [index, member] of members.entries()) {
        const item = (value as Record<string, unknown>)[member] ?? undefined;
        const at = path === '' ? member : `${path}.${member}`;
        if (item !== undefined) {
          check(withoutTraits((second as SdkSchema[])[index]), item, at, faults);
        } else if (index < (required as number)) {
          faults.push(
            `Value null at '${at}' failed to satisfy constraint: Member must not be null`,
          );
        }
      }
    }
  }
}

/** A member may be written with traits of its own: `[schema, traits]`. */
function withoutTraits(written: SdkSchema): SdkSchema {
  return Array.isArray(written) && written.length === 2 ? written[0] : written;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
