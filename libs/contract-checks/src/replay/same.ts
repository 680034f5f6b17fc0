import type { Json } from '@harmony/engine';
import { readable } from './recorded-calls.ts';

/**
 * What may differ between an execution and its replay without meaning anything: the account, the
 * region and the stage in names of resources, random UUIDs, task tokens, and times within the run,
 * since nothing takes as long here.
 */
export interface Likeness {
  /** Names of stages, with which names of deployed resources begin. */
  readonly stages: readonly string[];
  /** Milliseconds since the epoch, of the recorded execution's first and last event. */
  readonly from: number;
  readonly to: number;
  readonly accounts: ReadonlySet<string>;
  readonly tokens: ReadonlySet<string>;
}

/** A difference between two values. */
export interface ValueDifference {
  /** `parameters.TableName`. */
  readonly path: string;
  readonly recorded: string;
  readonly now: string;
}

/** The first difference; undefined where they are the same in all that means something. */
export function differenceOf(
  recorded: unknown,
  now: unknown,
  like: Likeness,
  path = '',
): ValueDifference | undefined {
  if (recorded === now) return undefined;
  if (Array.isArray(recorded) && Array.isArray(now)) {
    const length = Math.max(recorded.length, now.length);
    return first(length, (index) =>
      differenceOf(recorded[index], now[index], like, `${path}[${index}]`),
    );
  }
  if (isObject(recorded) && isObject(now)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(now)])];
    return first(keys.length, (index) => {
      const key = keys[index] as string;
      const below = path === '' ? key : `${path}.${key}`;
      return differenceOf(recorded[key], now[key], like, below);
    });
  }
  if (typeof recorded === 'string' && typeof now === 'string') {
    if (like.tokens.has(now)) return undefined;
    if (plain(recorded, like) === plain(now, like)) return undefined;
    // Causes, and what handlers get, hold JSON as text.
    const [a, b] = [readable(recorded), readable(now)];
    if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
      return differenceOf(a, b, like, path);
    }
  }
  return { path, ...shownBoth(json(recorded), json(now)) };
}

function first<T>(length: number, at: (index: number) => T | undefined): T | undefined {
  for (let index = 0; index < length; index++) {
    const found = at(index);
    if (found !== undefined) return found;
  }
  return undefined;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
/** Up to the resource; a version or an alias of a function at its end. */
const ARN = /arn:aws[\w-]*:([\w-]+):[\w-]*:(?:\d{12})?:/g;

function plain(text: string, { stages, from, to, accounts }: Likeness): string {
  let plainText = text
    .replaceAll(ARN, 'arn:$1:')
    .replaceAll(/(arn:lambda:function:[\w-]+):(?:\d+|\$LATEST)/g, '$1')
    .replaceAll(UUID, '<uuid>')
    .replaceAll(TIME, (time) => {
      const at = Date.parse(time);
      return at >= from - 1_000 && at <= to + 1_000 ? '<time>' : time;
    })
    .replaceAll(/\d{12}/g, (digits) => (accounts.has(digits) ? '<account>' : digits));
  for (const stage of stages) {
    plainText = plainText
      .replaceAll(`:${stage}-`, ':')
      .replaceAll(`/${stage}-`, '/')
      .replace(new RegExp(`^${stage.replaceAll(/\W/g, '\\$&')}-`), '');
  }
  return plainText;
}

function isObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function json(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** Long texts are cut to where they part. */
function shownBoth(recorded: string, now: string): { recorded: string; now: string } {
  let at = 0;
  while (at < recorded.length && recorded[at] === now[at]) at++;
  const from = recorded.length > 120 || now.length > 120 ? Math.max(0, at - 40) : 0;
  const cut = (text: string): string =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + 120)}${text.length > from + 120 ? '…' : ''}`;
  return { recorded: cut(recorded), now: cut(now) };
}
