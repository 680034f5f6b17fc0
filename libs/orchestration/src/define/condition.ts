import type { Issue } from '@harmony/contract';
import { readExpression } from '@harmony/contract/expressions';
import type { JsonSchema } from '@harmony/schema';
import { declares } from '@harmony/schema/paths';

/** What is wrong with a condition, with the position in it. */
export function checkCondition(
  when: string | undefined,
  path: string,
  payload: JsonSchema,
): Issue[] {
  if (when === undefined) return [];
  if (typeof when !== 'string' || when.trim() === '') {
    return [{ path, message: 'expected a JSONata expression over the payload' }];
  }
  if (when.includes('%}')) {
    return [{ path, message: 'may not contain "%}", which ends an expression in a state machine' }];
  }
  const { fields, problems } = readExpression(when);
  const at = (position: number | undefined) =>
    position === undefined ? '' : ` (at position ${position} of ${JSON.stringify(when)})`;
  return [
    ...problems.map(({ message, position }) => ({ path, message: message + at(position) })),
    ...fields
      .filter((field) => !declares(payload, field.path))
      .map((field) => ({
        path,
        message: `the payload does not declare "${field.path.join('.')}"${at(field.position)}`,
      })),
  ];
}
