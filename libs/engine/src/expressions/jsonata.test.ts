import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { compileJsonata, unexpectedType } from './jsonata.ts';
import { compileJsonataTemplate } from './jsonata/template.ts';
import { scopeOf } from './scope.fixture.ts';
import { ExpressionSyntaxError } from './syntax-error.ts';

const where = { field: 'Output', stateName: 'S' };

async function evaluate(text: string, input: Json = {}, more = {}): Promise<Json> {
  return compileJsonata(text, where).evaluate(scopeOf(input, more));
}

async function causeOf(text: string, input: Json = {}): Promise<string> {
  const error: unknown = await evaluate(text, input).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ error: 'States.QueryEvaluationError', location: 'Output' });
  return (error as { cause: string }).cause;
}

describe('an expression', () => {
  it('sees $states and the workflow variables', async () => {
    const more = {
      context: { Execution: { Name: 'run' } },
      result: { ok: true },
      variables: { price: [1, 2] },
    };
    expect(await evaluate('{% $states.input.a %}', { a: null }, more)).toBeNull();
    expect(await evaluate('$states.context.Execution.Name', {}, more)).toBe('run');
    expect(await evaluate('$states.result', {}, more)).toEqual({ ok: true });
    expect(await evaluate('$sum($price)', {}, more)).toBe(3);
    expect(await evaluate('$states', { a: 1 }, more)).toEqual({
      input: { a: 1 },
      context: { Execution: { Name: 'run' } },
      result: { ok: true },
    });
  });

  it('unwraps a single match and keeps what is in brackets', async () => {
    const input = { items: [{ id: 1 }, { id: 2 }] };
    expect(await evaluate('$states.input.items[id=1].id', input)).toBe(1);
    expect(await evaluate('[$states.input.items[id=1].id]', input)).toEqual([1]);
    expect(await evaluate('[$states.input.items[id=9].id]', input)).toEqual([]);
    const all = await evaluate('$states.input.items.id', input);
    expect(Object.getOwnPropertyNames(all)).toEqual(['0', '1', 'length']);
  });

  it('fails when it gives nothing', async () => {
    expect(await causeOf('{% $states.input.none %}')).toBe(
      "The JSONata expression '$states.input.none' specified for the field 'Output' returned nothing (undefined).",
    );
    expect(await causeOf('$none')).toMatch(/returned nothing \(undefined\)\.$/);
  });

  it('fails with the code and words of JSONata', async () => {
    expect(await causeOf('$number("x")')).toBe(
      `The JSONata expression '$number("x")' specified for the field 'Output' threw an error during ` +
        'evaluation. D3030: Unable to cast value to a number: "x"',
    );
    expect(await causeOf('$none(1)')).toMatch(/T1006: Attempted to invoke a non-function$/);
  });

  it('cannot give a function', async () => {
    expect(await causeOf('$sum')).toMatch(/returned an unsupported result type\.$/);
    expect(await causeOf('[function($x) { $x }]')).toMatch(/unsupported result type/);
  });

  it('is refused when it is compiled if it cannot be parsed', () => {
    expect(() => compileJsonata('{% $a[ %}', where)).toThrow(ExpressionSyntaxError);
    expect(() => compileJsonata(`{% ${'('.repeat(50_000)} %}`, where)).toThrow(
      ExpressionSyntaxError,
    );
  });
});

describe('the functions Step Functions adds', () => {
  it.each<[string, Json]>([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$range(0, 10, 4)', [0, 4, 8]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$hash("abc", "SHA-256")', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['$parse(\'{"a": [1]}\')', { a: [1] }],
    ['$uuid()', '00000000-0000-4000-8000-000000000000'],
    ['$random()', 0.5],
    ['$random(7) = $random(7)', true],
    ['$random(7) = $random(8)', false],
    ['$type($random(7))', 'number'],
  ])('%s', async (text, expected) => {
    expect(await evaluate(text)).toEqual(expected);
  });

  it('take the time from the clock they are given', async () => {
    const now = Date.UTC(2030, 0, 2, 3, 4, 5, 6);
    expect(await evaluate('$millis()', {}, { now })).toBe(now);
    expect(await evaluate('$now()', {}, { now })).toBe('2030-01-02T03:04:05.006Z');
    expect(await evaluate('$now("[Y]")', {}, { now })).toBe('2030');
    const context = { State: { EnteredTime: '2030-01-02T00:00:00Z' } };
    expect(await evaluate('$now()', {}, { context })).toBe('2030-01-02T00:00:00.000Z');
  });

  it('do without $eval', async () => {
    expect(await causeOf('$eval("1+1")')).toMatch(/T1006/);
  });

  it.each<[string, Json | undefined]>([
    ['$partition([1,2])', [[1, 2]]],
    ['$partition([1,2], 0)', undefined],
    ['$partition([1,2], -0.5)', undefined],
    ['$partition([], 2)', undefined],
    ['$range(1, 1, 5)', 1],
    ['$range(1, 2)', undefined],
    ['$range(1, 2, 0)', undefined],
    ['$hash("a")', undefined],
    ['$random(42)', 0.7275636800328681],
    ['$random(42.9) = $random(42)', true],
    ["$parse('9007199254740993')", 9007199254740992],
  ])('%s, as measured on the service', async (text, expected) => {
    if (expected === undefined) expect(await causeOf(text)).toMatch(/returned nothing/);
    else expect(await evaluate(text)).toEqual(expected);
  });

  it.each([
    ['$partition([1,2,3], -2)', 'D3137: Second argument must be zero or greater'],
    [
      '$partition("a", 1)',
      'T0412: Argument 1 of function "partition" must be an array of undefined',
    ],
    [
      '$partition([1], "a")',
      'T0410: Argument 2 of function "partition" does not match function signature',
    ],
    [
      '$partition([1], 1, 1)',
      'T0410: Argument 3 of function "partition" does not match function signature',
    ],
    [
      '$range($none, 1, 1)',
      'T0410: Argument 1 of function "range" does not match function signature',
    ],
    [
      '$hash($none, "MD5")',
      'T0410: Argument 1 of function "hash" does not match function signature',
    ],
    [
      '$hash("a", "CRC")',
      "D3137: Hash algorithm 'CRC' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
    ],
    ['$uuid(1)', 'T0410: Argument 1 of function "uuid" does not match function signature'],
    ['$parse("")', 'D3137: Invalid JSON'],
    ["$parse('1 2')", 'D3137: Invalid JSON'],
    ['$parse(\'{"a": 1, "\\\\u0061": 2}\')', 'D3137: Invalid JSON'],
    ["$parse('[1e999]')", 'D3137: Invalid JSON'],
  ])('%s fails in the service’s words', async (text, reason) => {
    expect(await causeOf(text)).toContain(`threw an error during evaluation. ${reason}`);
  });

  it.each([
    '$parse("{")',
    '$hash("a", "CRC")',
    '$partition("a", 1)',
    '$range("a", 1, 1)',
    '$parse(1)',
  ])('refuse wrong arguments: %s', async (text) => {
    expect(await causeOf(text)).toMatch(/threw an error during evaluation\. [A-Z]\d{4}: /);
  });
});

describe('text', () => {
  it.each([
    ['$string(1234567890123456)', '1234567890123456'],
    ['$string(9223372036854775807)', '9223372036854776000'],
    ['$string(1e20)', '100000000000000000000'],
    ['$string(1e21)', '1e+21'],
    ['$string(-1234567890123456)', '-1234567890123456'],
    ['$string(1/3)', '0.333333333333333'],
    ['$string(0.1 + 0.2)', '0.3'],
    ['$string({"id": 1234567890123456, "part": 0.1 + 0.2})', '{"id":1234567890123456,"part":0.3}'],
    ['$string([1], true)', '[\n  1\n]'],
    ['$string([$sum])', '[""]'],
    ['$string($states.input.id)', '1234567890123456'],
    ['"id-" & 1234567890123456', 'id-1234567890123456'],
    ['"id-" & $states.input.id', 'id-1234567890123456'],
    ['$states.input.id & "" & true & null & $none', '1234567890123456truenull'],
    ['$states.input & ""', '{"id":1234567890123456}'],
    ['$join($map([1234567890123456, 2], $string), "-")', '1234567890123456-2'],
    ['$string()', ''],
  ])('%s keeps whole numbers in full', async (text, expected) => {
    if (expected === '') await expect(evaluate(text, {})).rejects.toThrow();
    else expect(await evaluate(text, { id: 1234567890123456 })).toBe(expected);
  });

  it('keeps a variable that has the name of a function', async () => {
    expect(await evaluate('$string & "!"', {}, { variables: { string: 'mine' } })).toBe('mine!');
    expect(await evaluate('($string := "mine"; $string & "!")')).toBe('mine!');
  });

  it.each([
    ['$base64decode("YWJj")', 'abc'],
    ['$base64decode("YWI=")', 'ab'],
    ['$base64decode("YWI")', 'ab'],
    ['$formatNumber(1234.5, "#,##0.00")', '1,234.50'],
    ['$formatNumber(1, "0", {"zero-digit": "a"})', undefined],
  ])('%s', async (text, expected) => {
    if (expected === undefined) expect(await causeOf(text)).toContain('D3086');
    else expect(await evaluate(text)).toBe(expected);
  });

  it.each([
    ['$base64decode("not Base64!")', /D3137/],
    ['$base64decode("YWJjZ")', /D3137/],
    ['$base64decode("YQ=")', /D3137/],
    ['$formatNumber(1, "x")', /D3086: The sub-picture must not contain a passive character/],
    ['$formatNumber(1, "0;x")', /D3086/],
    ['$formatNumber(1, "0..0")', /D3081/],
  ])('%s fails by name', async (text, reason) => {
    expect(await causeOf(text)).toMatch(reason);
  });
});

describe('an expression that asks for too much', () => {
  it.each([
    ['runs for ever', '($f := function($n) { $f($n + 1) }; $f(0))', /evaluation: .*timeout/],
    ['recurses for ever', '($f := function($n) { 1 + $f($n + 1) }; $f(0))', /Stack overflow/],
    ['backtracks for ever', `$match("${'a'.repeat(60)}!", /(a+)+$/)`, /evaluation: .*timeout/],
    ['builds too long an array', '[1..1000000]', /memory limit/],
    ['builds too long a text', '$pad("x", 8000000)', /memory limit/],
    ['doubles a text', '($d := function($s) { $d($s & $s) }; $d("xxxxxxxx"))', /memory limit/],
  ])('ends when it %s', async (_what, text, reason) => {
    expect(await causeOf(text)).toMatch(reason);
  });
});

describe('the host', () => {
  it.each([
    '$states.input.constructor',
    '{}.constructor.constructor("return 1")()',
    '$states.input.__proto__',
    '"x".toString',
    '$lookup({}, "constructor")',
    '$states.input.a.valueOf()',
    '$sum.**',
    '$sum.*',
    '($f := function() { 1 }; $f.**)',
    '$spread($sum).implementation',
    '{} ~> |$sum|{"implementation": 1}|',
    '{} ~> |__proto__|{"polluted": 1}|',
    '{} ~> |$lookup($, "__proto__")|{"polluted": 1}|',
  ])('is out of reach of %s', async (text) => {
    const result = await evaluate(text, { a: {} }).catch(() => 'refused');
    expect(['refused', '{}']).toContain(
      typeof result === 'string' ? result : JSON.stringify(result),
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(await evaluate('$sum([1, 2])')).toBe(3);
  });

  it.each([
    '{} ~> |$states.input|{"added": 1}|',
    '$states.input.a()',
    '$states.input.list[]',
    '$sort($states.input.list)',
    '$reverse($states.input.list)',
  ])('keeps the state it was given unchanged by %s', async (text) => {
    const input = { a: { b: 1 }, list: [3, 1, 2] };
    await evaluate(text, input).catch(() => undefined);
    expect(JSON.stringify(input)).toBe('{"a":{"b":1},"list":[3,1,2]}');
  });
});

describe('the shortcut for simple expressions', () => {
  const leaf = fc.constantFrom(
    '1',
    '2.5',
    '"a"',
    '""',
    'true',
    'false',
    'null',
    '$states.input',
    '$states.input.a',
    '$states.input.a.b',
    '$states.input.list',
    '$states.input.list.a',
    '$states.input.none',
    '$v',
    '$v.a',
    '$none',
  );
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc
        .tuple(
          tie('node'),
          fc.constantFrom(
            '=',
            '!=',
            '<',
            '<=',
            '>',
            '>=',
            '+',
            '-',
            '*',
            '/',
            '%',
            '&',
            'and',
            'or',
          ),
          tie('node'),
        )
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      fc
        .tuple(tie('node'), tie('node'), tie('node'))
        .map(([test, then, otherwise]) => `(${test} ? ${then} : ${otherwise})`),
      fc.tuple(tie('node'), tie('node')).map(([test, then]) => `(${test} ? ${then})`),
    ),
  }));

  it('answers as jsonata itself does', async () => {
    const inputs = fc.constantFrom<Json>(
      {},
      { a: 1 },
      { a: { b: 'x' }, list: [{ a: 1 }, { a: 2 }] },
      { a: [{ b: 1 }], list: [{ a: 1 }] },
      { a: { b: null }, list: [] },
      'text',
      null,
      [{ a: { b: 1 } }],
    );
    await fc.assert(
      fc.asyncProperty(node, inputs, async (text, input) => {
        const v: Json = { a: 'x' };
        const ours = await evaluate(text, input, { variables: { v } }).catch(() => 'failed');
        const theirs: unknown = await jsonata(text)
          .evaluate(undefined, { states: { input, context: {} }, v })
          .then(
            (result: unknown) => (result === undefined ? 'failed' : result),
            () => 'failed',
          );
        const plain = (value: unknown) =>
          JSON.stringify(value, (_key, item: unknown) =>
            typeof item === 'number' && !Number.isFinite(item) ? String(item) : item,
          );
        expect(plain(ours)).toBe(plain(theirs));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a template with expressions', () => {
  it('answers at once when nothing in it needs jsonata', () => {
    const template: Json = { a: '{% $states.input.x %}', b: [1, '{% $states.input.x = 1 %}'] };
    const compiled = compileJsonataTemplate(template, where);
    expect(compiled.evaluate(scopeOf({ x: 1 }))).toEqual({ a: 1, b: [1, true] });
  });

  it('mixes literals and expressions in any place', async () => {
    const template: Json = {
      a: '{% $count([1, 2]) %}',
      b: ['x', { c: '{%  "y" %}' }],
      d: ' {% 1 %}',
    };
    const compiled = compileJsonataTemplate(template, where);
    expect(await compiled.evaluate(scopeOf({}))).toEqual({
      a: 2,
      b: ['x', { c: 'y' }],
      d: ' {% 1 %}',
    });
  });

  it('is itself without expressions, and tells when it is one expression', () => {
    const template: Json = { a: 1 };
    const constant = compileJsonataTemplate(template, where);
    expect(constant.constant).toBe(true);
    expect(constant.evaluate(scopeOf({}))).toBe(template);
    expect(compileJsonataTemplate('{% $x %}', where).expression).toBe('$x');
  });

  it('names the place of an expression that fails', async () => {
    const compiled = compileJsonataTemplate({ a: [{ b: '{% $none %}' }] }, where);
    await expect(async () => compiled.evaluate(scopeOf({}))).rejects.toMatchObject({
      location: 'Output/a[0]/b',
      cause: expect.stringContaining("specified for the field 'Output/a[0]/b'") as string,
    });
  });
});

it('words the error of a result of another type than its field takes', () => {
  expect(unexpectedType('{% $x %}', 'Items', 'array', { a: 1 })).toMatchObject({
    error: 'States.QueryEvaluationError',
    cause:
      "The JSONata expression '$x' specified for the field 'Items' returned an unexpected result " +
      `type. Expected 'array', but was 'object' for value: {"a":1}`,
  });
});
