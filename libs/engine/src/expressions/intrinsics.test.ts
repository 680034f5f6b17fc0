import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { compileIntrinsic } from './intrinsics.ts';
import { scopeOf, thrownBy } from './scope.fixture.ts';
import { ExpressionSyntaxError } from './syntax-error.ts';

function call(text: string, input: Json = {}, random = 0.5): Json {
  return compileIntrinsic(text).evaluate(scopeOf(input, { random }));
}

describe('intrinsic functions', () => {
  it.each<[string, Json]>([
    ["States.Array('a', 1, null, true, $.x)", ['a', 1, null, true, { y: 2 }]],
    ['States.Array()', []],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [3, 1], [2]]],
    ['States.ArrayPartition($.list, 2.4)', [[1, 2], [3, 1], [2]]],
    ['States.ArrayContains($.list, 3)', true],
    ['States.ArrayContains($.objects, $.x)', true],
    ["States.ArrayContains($.list, '4')", false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(5, 1, -2)', [5, 3, 1]],
    ['States.ArrayRange(3, 1, 1)', []],
    ['States.ArrayGetItem($.list, 2)', 3],
    ['States.ArrayLength($.list)', 5],
    ['States.ArrayUnique($.list)', [1, 2, 3]],
    ['States.ArrayUnique($.flags)', [false, true]],
    [
      'States.ArrayUnique($.pairs)',
      [
        [2, 1],
        [1, 2],
      ],
    ],
    ["States.ArrayUnique(States.Array(1, '1', null, '01', null, 1.5))", [null, 1, '1', '01', 1.5]],
    ["States.Base64Encode('Grüße')", 'R3LDvMOfZQ=='],
    ["States.Base64Decode('R3LDvMOfZQ==')", 'Grüße'],
    ["States.Hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
    ["States.Hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['States.JsonMerge($.x, $.x2, false)', { y: { deep: 1 }, z: 3 }],
    ['States.StringToJson(\'\\{"a": [1, null]\\}\')', { a: [1, null] }],
    ["States.StringToJson('')", null],
    ['States.JsonToString($.x)', '{"y":2}'],
    ["States.StringSplit('a,b;;c', ',;')", ['a', 'b', 'c']],
    ["States.StringSplit('a.b', '')", ['a.b']],
    ['States.UUID()', '00000000-0000-4000-8000-000000000000'],
    ['States.MathAdd(111, -1)', 110],
    ["States.ArrayGetItem(States.StringSplit('x-y', '-'), States.MathAdd(0, 1))", 'y'],
  ])('%s', (text, expected) => {
    const input: Json = {
      list: [1, 2, 3, 1, 2],
      objects: [{ y: 2 }, 'z', { y: 2 }],
      flags: [true, false, true],
      pairs: [
        [1, 2],
        [2, 1],
        [1, 2],
      ],
      x: { y: 2 },
      x2: { y: { deep: 1 }, z: 3 },
    };
    expect(call(text, input)).toEqual(expected);
  });

  it('round fractions to the nearest integer, halves up, before MathAdd adds', () => {
    expect(call('States.MathAdd(0.5, 0)')).toBe(1);
    expect(call('States.MathAdd(-0.5, 0)')).toBe(0);
    expect(call('States.MathAdd(-1.5, -1.6)')).toBe(-3);
    expect(call('States.MathAdd(1.4, 1.4)')).toBe(2);
  });

  it('cut fractions off everywhere else', () => {
    expect(call('States.ArrayPartition($, 2.9)', [1, 2, 3])).toEqual([[1, 2], [3]]);
    expect(call('States.ArrayRange(5.4, -0.6, -2.4)')).toEqual([5, 3, 1]);
    expect(call('States.ArrayGetItem($, 1.9)', [1, 2, 3])).toBe(2);
    expect(() => call('States.MathRandom(1.4, 1.6)')).toThrow(
      /Invalid arguments in States.MathRandom/,
    );
  });

  it('compare by text when they look for an item', () => {
    expect(call('States.ArrayContains($, true)', ['true'])).toBe(true);
    expect(
      call('States.ArrayContains($.list, $.item)', {
        list: [{ a: 1, b: 2 }],
        item: { b: 2, a: 1 },
      }),
    ).toBe(false);
    expect(call('States.ArrayContains($, 1)', [[1]])).toBe(false);
  });

  it('give nothing, not an error, for an item of an empty array', () => {
    expect(call('States.ArrayGetItem($, 3)', [])).toBeNull();
  });

  it('draw a random number from the start up to but without the end', () => {
    expect(call('States.MathRandom(1, 10)', {}, 0)).toBe(1);
    expect(call('States.MathRandom(1, 10)', {}, 0.999999)).toBe(9);
  });

  it('draw the same number for the same seed', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: -1000, max: 1000 }),
        fc.nat(1000),
        (seed, start, size) => {
          const text = `States.MathRandom(${String(start)}, ${String(start + size + 1)}, ${String(seed)})`;
          const drawn = call(text) as number;
          expect(call(text)).toBe(drawn);
          expect(drawn).toBeGreaterThanOrEqual(start);
          expect(drawn).toBeLessThanOrEqual(start + size);
        },
      ),
    );
  });
});

describe('States.Format', () => {
  it.each<[string, Json]>([
    ["States.Format('Hello {}, {} years', $.name, 7)", 'Hello Ada, 7 years'],
    ["States.Format('{}{}', null, true)", 'nulltrue'],
    ["States.Format('a \\{literal\\} brace', $.name)", 'refused'],
    ["States.Format('\\{\\} {}', $.name)", '{} Ada'],
    ["States.Format('it\\'s {}', $.name)", "it's Ada"],
    ["States.Format('back\\\\slash {}', $.name)", 'back\\slash Ada'],
    ["States.Format('{}', $.tree)", '{list=[1, x, null], n=1.5}'],
    ["States.Format('{}', $.big)", '1.23456785E7'],
    ['States.Format($.template, $.name)', 'Dear Ada'],
  ])('%s', (text, expected) => {
    const input: Json = {
      name: 'Ada',
      template: 'Dear {}',
      tree: { list: [1, 'x', null], n: 1.5 },
      big: 12345678.5,
    };
    if (expected === 'refused') expect(() => call(text, input)).toThrow(/number of arguments/);
    else expect(call(text, input)).toBe(expected);
  });
});

it('ArrayUnique keeps each different item once', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.boolean(),
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.string(),
          fc.constant(null),
        ),
      ),
      (list) => {
        const plain = JSON.parse(JSON.stringify(list)) as Json[];
        const unique = call('States.ArrayUnique($)', plain) as Json[];
        expect(new Set(unique)).toEqual(new Set(plain));
        expect(unique).toHaveLength(new Set(plain).size);
      },
    ),
  );
});

describe('round trips', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 50 });

  it('Base64Decode undoes Base64Encode', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(call('States.Base64Decode(States.Base64Encode($))', value)).toBe(value);
      }),
    );
  });

  it('StringToJson undoes JsonToString', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as Json;
        expect(call('States.StringToJson(States.JsonToString($))', plain)).toEqual(plain);
      }),
    );
  });

  it('the chunks of ArrayPartition joined are the array', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (list, size) => {
        const chunks = call('States.ArrayPartition($.list, $.size)', { list, size }) as number[][];
        expect(chunks.flat()).toEqual(list);
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
      }),
    );
  });

  it('a literal with its quotes, braces and backslashes escaped is itself', () => {
    fc.assert(
      fc.property(text, (value) => {
        const literal = value.replace(/['{}\\]/g, (char) => `\\${char}`);
        expect(call(`States.Array('${literal}')`)).toEqual([value]);
        expect(call(`States.Format('${literal}')`)).toBe(value);
      }),
    );
  });
});

describe('a call that fails', () => {
  it('quotes the whole expression when a path in it matches nothing', () => {
    expect(
      thrownBy(() => call("States.Format('{}', States.MathAdd($.no, 1))", { a: 1 })),
    ).toMatchObject({
      error: 'States.Runtime',
      cause:
        "The function 'States.Format('{}', States.MathAdd($.no, 1))' had the following error: " +
        `The JsonPath argument for the field '$.no' could not be found in the input '{"a":1}'`,
    });
  });

  it.each([
    "States.ArrayLength('no array')",
    'States.ArrayPartition($, 0)',
    'States.ArrayRange(0, 1000, 1)',
    'States.ArrayRange(0, 1, 0)',
    'States.ArrayGetItem($, 5)',
    "States.MathAdd('1', 2)",
    'States.MathRandom(5, 5)',
    "States.Hash('a', 'CRC32')",
    'States.Base64Encode(5)',
    "States.Base64Decode('%%%')",
    "States.StringToJson('not json')",
    "States.JsonMerge(States.StringToJson('\\{\\}'), States.StringToJson('\\{\\}'), true)",
    "States.Format('{', 1)",
    "States.Format('}', 1)",
  ])('fails with States.Runtime: %s', (text) => {
    expect(thrownBy(() => call(text, [1]))).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringMatching(/had the following error: Invalid /) as string,
    });
  });

  it.each([
    'States.Nothing()',
    'States.UUID(1)',
    'States.Format()',
    "States.Array('open)",
    "States.Array('a' 'b')",
    'States.Array(1,)',
    'States.Array(1) + 1',
    'States.Array(abc)',
    'States.__proto__()',
    'States.Array('.repeat(11) + ')'.repeat(11),
  ])('is refused when it is compiled: %s', (text) => {
    expect(() => compileIntrinsic(text)).toThrow(ExpressionSyntaxError);
  });
});
