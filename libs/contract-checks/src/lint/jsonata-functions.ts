import type { JsonType } from './fact.ts';

/** What a built-in function answers, whatever it is given. */
export const RESULTS: Readonly<Record<string, JsonType | undefined>> = Object.fromEntries([
  ...'count length sum max min average abs floor ceil round power sqrt number toMillis millis random formatBase'
    .split(' ')
    .map((name) => [name, 'number']),
  ...'string substring substringBefore substringAfter uppercase lowercase trim pad replace join base64encode base64decode encodeUrl encodeUrlComponent decodeUrl decodeUrlComponent formatNumber formatInteger fromMillis now type hash uuid'
    .split(' ')
    .map((name) => [name, 'string']),
  ...'exists boolean not contains'.split(' ').map((name) => [name, 'boolean']),
]) as Record<string, JsonType>;

/** What a built-in function takes first; anything else ends the expression in an error. */
export const TAKES: Readonly<Record<string, JsonType | undefined>> = Object.fromEntries([
  ...'abs floor ceil round power sqrt formatNumber formatBase formatInteger fromMillis'
    .split(' ')
    .map((name) => [name, 'number']),
  ...'length substring substringBefore substringAfter uppercase lowercase trim pad contains split replace base64encode base64decode encodeUrl encodeUrlComponent decodeUrl decodeUrlComponent toMillis parse'
    .split(' ')
    .map((name) => [name, 'string']),
]) as Record<string, JsonType>;

/** Functions that give items of their first argument. */
export const SAME_ITEMS = new Set(['filter', 'sort', 'distinct', 'reverse', 'shuffle', 'append']);
/** Functions that give a value for undefined as well; all others give undefined for it. */
export const DEFINED = new Set(['exists', 'count', 'zip']);

const OTHERS =
  'split match eval append sort reverse shuffle distinct zip keys lookup spread merge each sift map filter single reduce assert error parse partition range clone';

const NAMES = new Set([...Object.keys(RESULTS), ...SAME_ITEMS, ...OTHERS.split(' ')]);

export function isBuiltIn(name: string): boolean {
  return NAMES.has(name);
}
