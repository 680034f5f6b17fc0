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

/** Functions that give items of their first argument. */
export const SAME_ITEMS = new Set(['filter', 'sort', 'distinct', 'reverse', 'shuffle', 'append']);
/** Functions that answer for undefined as well. */
export const TOTAL = new Set(['exists', 'boolean', 'not', 'count', 'string', 'type']);
