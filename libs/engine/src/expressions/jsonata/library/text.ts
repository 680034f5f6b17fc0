import { isCallable, type Callable, type Caller } from '../evaluator/callable.ts';
import { fail } from '../evaluator/failure.ts';
import type { Match } from '../evaluator/regex.ts';
import type { Run } from '../evaluator/run.ts';
import { isRecord, sequence } from '../evaluator/values.ts';

type Implementation = (run: Run) => (this: Caller, ...args: never[]) => unknown;

/**
 * jsonata's functions over texts that take a regular expression, and those whose result can be much
 * larger than what they are given: its own answer in promises, or build without counting.
 */
export const textFunctions: Readonly<Record<string, Implementation>> = {
  contains: (run) =>
    function (text: string | undefined, token: string | Callable) {
      if (text === undefined) return undefined;
      if (typeof token === 'string') return text.includes(token);
      return firstMatch(token, text, this, run) !== undefined;
    },

  match: (run) =>
    function (text: string | undefined, regex: Callable, limit: number | undefined) {
      if (text === undefined) return undefined;
      if (limit !== undefined && limit < 0) fail('D3040', { value: limit, index: 3 });
      const results = sequence();
      for (const found of matches(regex, text, limit, this, run)) {
        run.budget.hold(64 + found.match.length);
        results.push({ match: found.match, index: found.start, groups: found.groups });
      }
      return results;
    },

  split: (run) =>
    function (text: string | undefined, separator: string | Callable, limit: number | undefined) {
      if (text === undefined) return undefined;
      if (limit !== undefined && limit < 0) fail('D3020', { value: limit, index: 3 });
      if (typeof separator === 'string') {
        run.budget.hold(separator === '' ? text.length * 8 : text.length);
        return text.split(separator, limit);
      }
      const parts: string[] = [];
      let start = 0;
      let count = 0;
      for (const found of matches(separator, text, limit, this, run)) {
        parts.push(text.slice(start, found.start));
        start = found.end;
        count++;
      }
      if (limit === undefined || count < limit) parts.push(text.slice(start));
      run.budget.hold(text.length + parts.length * 8);
      return parts;
    },

  replace: (run) =>
    function (
      text: string | undefined,
      pattern: string | Callable,
      replacement: string | Callable,
      limit: number | undefined,
    ) {
      if (text === undefined) return undefined;
      if (pattern === '') fail('D3010', { value: pattern, index: 2 });
      if (limit !== undefined && limit < 0) fail('D3011', { value: limit, index: 4 });
      const found =
        typeof pattern === 'string'
          ? occurrences(pattern, text, limit)
          : matches(pattern, text, limit, this, run);
      const parts: string[] = [];
      let position = 0;
      let length = text.length;
      for (const match of found) {
        const replaced =
          typeof replacement === 'string'
            ? typeof pattern === 'string'
              ? replacement
              : substituted(replacement, match, run)
            : replacement.call(this, match);
        if (typeof replaced !== 'string') return fail('D3012', { value: replaced });
        parts.push(text.slice(position, match.start), replaced);
        position = match.start + match.match.length;
        length += replaced.length;
        run.budget.spend(1);
        run.budget.fits(length);
      }
      run.budget.hold(length);
      return parts.join('') + text.slice(position);
    },

  join: (run) => (texts: string[] | undefined, separator: string | undefined) => {
    if (texts === undefined) return undefined;
    const between = separator ?? '';
    let length = between.length * Math.max(0, texts.length - 1);
    for (const text of texts) length += text.length;
    run.budget.hold(length);
    return texts.join(between);
  },

  pad: (run) => (text: string | undefined, width: number, filler: string | undefined) => {
    if (text === undefined) return undefined;
    const missing = Math.abs(width) - [...text].length;
    if (!(missing > 0)) return text;
    const char = filler === undefined || filler === '' ? ' ' : filler;
    run.budget.hold(text.length + missing * 2);
    const units = [...char];
    const padding = Array.from(
      { length: missing },
      (_item, index) => units[index % units.length],
    ).join('');
    return width > 0 ? text + padding : padding + text;
  },
};

type Found = Pick<Match, 'match' | 'start' | 'end' | 'groups'>;

function* occurrences(
  pattern: string,
  text: string,
  limit: number | undefined,
): Generator<Found, void> {
  let at = text.indexOf(pattern);
  for (let count = 0; at >= 0 && (limit === undefined || count < limit); count++) {
    const end = at + pattern.length;
    yield { match: pattern, start: at, end, groups: [] };
    at = text.indexOf(pattern, end);
  }
}

function* matches(
  matcher: unknown,
  text: string,
  limit: number | undefined,
  caller: Caller,
  run: Run,
): Generator<Match, void> {
  if (limit !== undefined && !(limit > 0)) return;
  let found = firstMatch(matcher, text, caller, run);
  for (let count = 0; found !== undefined && (limit === undefined || count < limit); count++) {
    yield found;
    found = checked(isCallable(found.next) ? found.next.call(caller) : fail('T1010'));
  }
}

function firstMatch(matcher: unknown, text: string, caller: Caller, run: Run): Match | undefined {
  if (!isCallable(matcher)) return fail('T1010');
  run.budget.spend(1);
  return checked(matcher.call(caller, text));
}

/** A function in a regular expression's place gives what that would give. */
function checked(found: unknown): Match | undefined {
  if (found === undefined || found === null || found === false) return undefined;
  const { match, start, end, groups, next } = isRecord(found) ? found : {};
  if (typeof start !== 'number' && !Array.isArray(groups) && !isCallable(next)) fail('T1010');
  return {
    match: typeof match === 'string' ? match : '',
    start: typeof start === 'number' ? start : 0,
    end: typeof end === 'number' ? end : 0,
    groups: Array.isArray(groups) ? (groups as string[]) : [],
    next: isCallable(next) ? next : () => undefined,
  };
}

/** `$1` is the first group, `$0` the whole match, `$$` a dollar. */
function substituted(replacement: string, found: Found, run: Run): string {
  const { groups } = found;
  let result = '';
  let position = 0;
  let index = replacement.indexOf('$');
  while (index !== -1 && position < replacement.length) {
    result += replacement.substring(position, index);
    position = index + 1;
    const next = replacement.charAt(position);
    if (next === '$') {
      result += '$';
      position++;
    } else if (next === '0') {
      result += found.match;
      position++;
    } else {
      // As many digits as there are groups; with none, one digit stands for nothing.
      const digits =
        groups.length === 0 ? 1 : Math.floor(Math.log(groups.length) * Math.LOG10E) + 1;
      let group = parseInt(replacement.substring(position, position + digits), 10);
      if (digits > 1 && group > groups.length) {
        group = parseInt(replacement.substring(position, position + digits - 1), 10);
      }
      if (Number.isNaN(group)) {
        result += '$';
      } else {
        result += groups[group - 1] ?? '';
        position += String(group).length;
      }
    }
    run.budget.fits(result.length);
    index = replacement.indexOf('$', position);
  }
  return result + replacement.substring(position);
}
