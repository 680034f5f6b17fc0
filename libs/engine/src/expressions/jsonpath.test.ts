import { describe, expect, it } from 'vitest';
import { StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import { compilePath, ExpressionSyntaxError } from './jsonpath.ts';
import { scopeOf, thrownBy } from './scope.fixture.ts';

const shop: Json = {
  owner: { name: 'Ada', 'home town': 'Turin' },
  orders: [
    { id: 1, total: 10, tags: ['new'] },
    { id: 2, total: 25.5, tags: [], note: null },
    { id: 3, total: 7 },
  ],
  open: true,
  people: [{ name: 'Ada', at: '/home/ada', age: 36 }],
  numbers: [1, 2, 3, 4],
  flags: [{ no: 1, on: true }, { no: 2, on: false }, { no: 3, on: null }, { no: 4 }],
};

function read(path: string, input: Json = shop, field = 'InputPath'): Json {
  return compilePath(path, { field, stateName: 'S' }).evaluate(scopeOf(input));
}

function causeOf(path: string, input: Json = shop, field = 'InputPath'): string {
  const error = thrownBy(() => read(path, input, field));
  expect(error).toBeInstanceOf(StatesError);
  expect((error as StatesError).error).toBe('States.Runtime');
  return (error as StatesError).cause;
}

describe('a definite path', () => {
  it.each<[string, Json]>([
    ['$', shop],
    ['$.owner.name', 'Ada'],
    ["$['owner']['home town']", 'Turin'],
    ['$["owner"].name', 'Ada'],
    ["$.['owner'].name", 'Ada'],
    ['$.orders[0].id', 1],
    ['$.orders[-1].id', 3],
    ['$.orders[(@.length-1)].id', 3],
    ['$.orders[( @.length() - 2 )].id', 2],
    ['$.orders[1].note', null],
    ['$.orders.length()', 3],
    ['$..total.length()', 3],
    ['$.numbers.max()', 4],
    ['$.numbers.avg()', 2.5],
    ["$.owner['name','none']", { name: 'Ada' }],
  ])('%s gives the one value it names', (path, value) => {
    expect(read(path)).toEqual(value);
  });

  it('names the field and the input when a template asks for what is not there', () => {
    expect(causeOf('$.none', { a: 1 }, 'value.$')).toBe(
      `The JSONPath '$.none' specified for the field 'value.$' could not be found in the input '{"a":1}'`,
    );
  });

  it.each([
    ['$.none', "No results for path: $['none']"],
    ['$.owner.none', "No results for path: $['owner']['none']"],
    ['$.none.deeper', "Missing property in path $['none']"],
    ['$.open.deeper', "Property ['deeper'] not found in path $['open']"],
    ['$.orders[9]', "No results for path: $['orders'][9]"],
    ['$.open[0]', 'Filter: [0] can only be applied to arrays. Current context is: true'],
  ])('%s gives the reason where a filter field asks for it', (path, reason) => {
    expect(causeOf(path)).toBe(`Invalid path '${path}' : ${reason}`);
  });

  it('finds nothing rather than failing when asked to find', () => {
    const path = compilePath('$.a.b[0]', { field: 'Variable', stateName: 'S' });
    expect(path.find(scopeOf({ a: 1 }))).toBeUndefined();
    expect(path.find(scopeOf({ a: { b: [null] } }))).toBeNull();
  });
});

describe('an indefinite path', () => {
  it.each<[string, Json]>([
    ['$.orders[*].id', [1, 2, 3]],
    ['$.owner.*', ['Ada', 'Turin']],
    ['$..id', [1, 2, 3]],
    ['$..tags[0]', ['new']],
    ['$.orders[0,2].id', [1, 3]],
    ['$.orders[1:].id', [2, 3]],
    ['$.orders[:2].id', [1, 2]],
    ['$.orders[-2:].id', [2, 3]],
    ['$.orders[:-1].id', [1, 2]],
    ['$.orders[0:-1].id', []],
    ['$.orders[?(@.total > 8)].id', [1, 2]],
    ["$.orders[?(@.total >= 7 && @.total < 10 || @.tags contains 'new')].id", [1, 3]],
    ['$.orders[?(@.tags)].id', [1, 2]],
    ['$.orders[?(!@.tags)].id', [3]],
    ['$.orders[?(@.id in [1, 3])].id', [1, 3]],
    ['$.orders[?(@.tags empty true)].id', [2]],
    ['$.orders[?(@.note == null)].id', [2]],
    ['$.flags[?(@.on)].no', [1, 2]],
    ['$.flags[?(!@.on)].no', [3, 4]],
    ['$.people[?(@.name == Ada)].at', ['/home/ada']],
    ['$.people[?(@.at == /home/ada)].name', ['Ada']],
    ['$.people[?(@.age == 36)].name', ['Ada']],
    ['$..[?(@.id == 3)].total', [7]],
    ['$.orders[?(@.id == $.orders[1].id)].total', [25.5]],
    ['$.orders[*].tags.length()', [1, 0]],
  ])('%s gives an array of all it matches', (path, value) => {
    expect(read(path)).toEqual(value);
  });

  it('gives an empty array where nothing matches, however early the path breaks off', () => {
    expect(read('$.none[*].x', {})).toEqual([]);
    expect(read('$.a.b[1:]', {})).toEqual([]);
    expect(read('$..x', [])).toEqual([]);
  });

  it('matches regular expressions without ever hanging', () => {
    expect(read('$.names[?(@ =~ /a.*/i)]', { names: ['Ada', 'Bob'] })).toEqual(['Ada']);
    expect(() => read('$.names[?(@ =~ /(a+)+b/)]', { names: [`${'a'.repeat(60)}!`] })).toThrow(
      /did not finish/,
    );
  });
});

describe('roots other than the input', () => {
  const scope = scopeOf(
    { own: 1 },
    { context: { Execution: { Name: 'run-1' } }, variables: { price: { net: 5 } } },
  );
  const at = (path: string) => compilePath(path, { field: 'x.$', stateName: 'S' }).evaluate(scope);

  it('reads the context object after $$ and a variable after its name', () => {
    expect(at('$$.Execution.Name')).toBe('run-1');
    expect(at('$price.net')).toBe(5);
    expect(at('$price')).toEqual({ net: 5 });
  });

  it('fails for a variable that was never assigned', () => {
    expect(() => at('$cost')).toThrow(/'\$cost' specified for the field 'x\.\$'/);
  });
});

describe('the host', () => {
  it.each(['$.constructor', '$.__proto__', '$.owner.toString', '$.orders.constructor.name'])(
    'is out of reach of %s',
    (path) => {
      expect(() => read(path)).toThrow(StatesError);
    },
  );

  it('reads such names where the data has them', () => {
    const input = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as Json;
    expect(read('$.__proto__.a', input)).toBe(1);
    expect(read('$.constructor', input)).toBe(2);
  });
});

describe('a text that is no path', () => {
  it.each([
    '',
    'a.b',
    '$.',
    '$.a..',
    '$.a[',
    '$.a[]',
    "$.a['b]",
    '$.a b',
    '$[1:2:3]',
    '$.a[?(@.b ==)]',
    '$.a.run()',
    '$.a]',
  ])('is refused when it is compiled: %s', (text) => {
    expect(() => compilePath(text, { field: 'InputPath', stateName: 'S' })).toThrow(
      ExpressionSyntaxError,
    );
  });

  it('is refused when it nests too deep to be read', () => {
    const text = `$[?(${'('.repeat(5000)}@.a${')'.repeat(5000)})]`;
    expect(() => compilePath(text, { field: 'InputPath', stateName: 'S' })).toThrow(
      /nested deeper/,
    );
  });
});
