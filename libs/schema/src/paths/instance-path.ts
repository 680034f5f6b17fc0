import { pointerKeys } from './pointer.ts';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * A JSON pointer below a root, as the author of the value writes it: `/thresholds/1` below
 * `configuration` is `configuration.thresholds[1]`; `*` stands for any item or field.
 */
export function instancePath(root: string, pointer: string): string {
  return pointerKeys(pointer).reduce((path, key) => `${path}${step(key)}`, root);
}

function step(key: string): string {
  if (key === '*' || /^\d+$/.test(key)) return `[${key}]`;
  return IDENTIFIER.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
