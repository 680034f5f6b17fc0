import { describe, expect, it } from 'vitest';
import { StatesError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { compileJsonata } from '../jsonata.ts';
import { compilePath } from '../jsonpath.ts';
import { scopeOf, thrownBy } from '../scope.fixture.ts';

const where = { field: 'Output', stateName: 'S' };

function causeOf(text: string, input: Json = {}): string {
  const error = thrownBy(() => compileJsonata(text, where).evaluate(scopeOf(input)));
  expect(error).toBeInstanceOf(StatesError);
  return (error as StatesError).cause;
}

const terms = (count: number): string => Array.from({ length: count }, () => '1').join('+');
const backtracking = `/^${'(?:a|a)'.repeat(30)}$/`;
const as = 'a'.repeat(29);
/** A value of 2 to the 60 leaves, of 60 arrays. */
const shared = (seed: string): string =>
  `($d := function($v, $n) { $n = 0 ? $v : $d([[$v], [$v]], $n - 1) }; $d(${seed}, 60))`;

describe('an expression that would not end', () => {
  it.each([
    ['alternatives that all match', `$match("${as}b", ${backtracking})`],
    [
      'a search in each step of a $map',
      `$map([1..1000], function($i) { $contains("${as}b", ${backtracking}) })`,
    ],
    ['a group that repeats', `$replace("${'a'.repeat(60)}!", /(a+)+$/, "")`],
  ])('is timed out: %s', (_what, text) => {
    expect(causeOf(text)).toContain('Expression evaluation timeout: 1000ms');
  });

  it.each([
    ['sharing, as its result', shared('1')],
    ['sharing, as a text', `$string(${shared('1')})`],
    ['sharing, joined to a text', `"" & ${shared('1')}`],
    ['sharing, compared', `${shared('1')} = ${shared('1')}`],
    ['sharing, searched', `$count((${shared('1')}).**)`],
    ['a padding', '$pad("", 1e9)'],
    ['a padding to the left', '$pad("x", -1e9, "ab")'],
    ['replacements', '($s := $pad("", 1e6, "a"); $replace($s, "a", $s))'],
    [
      'groups in replacements',
      '($s := $pad("", 1e6, "a"); $replace($s, /a+/, $pad("", 1e4, "$0")))',
    ],
    ['separators', '$join($map([1..100000], function($i) { "" }), $pad("", 1e5))'],
    ['a range', '[1..1000000]'],
    ['many ranges', '$map([1..1000], function($i) { [1..800000] })'],
    ['the width of a date', '$fromMillis(0, "[Y,999999999]")'],
    ['widths of dates', `$fromMillis(0, $join($map([1..100000], function($i) { "[Y,99999]" })))`],
  ])('is out of memory before it is: %s', (_what, text) => {
    expect(causeOf(text)).toMatch(/memory limit exceeded|evaluation timeout/);
  });

  it('fails at a depth of 101, by the words of the service', () => {
    expect(compileJsonata(terms(100), where).evaluate(scopeOf({}))).toBe(100);
    expect(causeOf(terms(101))).toContain('Stack overflow error');
    expect(causeOf(terms(200))).toContain('Depth=101 max=100');
    expect(causeOf('($f := function($n) { 1 + $f($n + 1) }; $f(0))')).toContain(
      'Depth=101 max=100',
    );
  });

  it('may call itself for long where it is the last thing that it does', () => {
    const text =
      '($f := function($n, $sum) { $n = 0 ? $sum : $f($n - 1, $sum + $n) }; $f(5000, 0))';
    expect(compileJsonata(text, where).evaluate(scopeOf({}))).toBe(12_502_500);
  });

  it('does not parse at a nesting of 5,000, and says so', () => {
    const text = `${'('.repeat(5_000)}1${')'.repeat(5_000)}`;
    expect(thrownBy(() => compileJsonata(text, where))).toMatchObject({
      message: expect.stringContaining('must not nest deeper') as string,
    });
  });
});

describe('a path that would not end', () => {
  const deep = (levels: number): Json =>
    levels === 0 ? 1 : { a: deep(levels - 1), b: levels % 20 === 0 ? [1, 2] : 3 };

  it('is refused when it looks at too much', () => {
    const path = compilePath('$..*..*..*..*', where);
    expect(thrownBy(() => path.evaluate(scopeOf(deep(120))))).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('matches too much') as string,
    });
  });

  it('is refused when its regular expressions backtrack, all of them together', () => {
    const path = compilePath(`$[?(@ =~ ${backtracking})]`, where);
    const texts = Array.from({ length: 100 }, () => `${as}b`);
    expect(thrownBy(() => path.evaluate(scopeOf(texts)))).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('did not finish') as string,
    });
  });
});
