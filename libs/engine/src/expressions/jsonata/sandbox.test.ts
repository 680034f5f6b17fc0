import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { StatesError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { compileJsonata } from '../jsonata.ts';
import { scopeOf } from '../scope.fixture.ts';

/** What the jsonata package takes for a function, with a syntax tree for its body. */
function forged(body: Json): Json {
  return { _jsonata_lambda: true, arguments: [], environment: {}, input: {}, body };
}

const callOfDefineGetter: Json = {
  type: 'path',
  steps: [
    { type: 'variable', value: '' },
    { type: 'name', value: '__defineGetter__' },
  ],
};

const bodies: Json[] = [
  callOfDefineGetter,
  { type: 'name', value: 'constructor' },
  { type: 'variable', value: 'reached' },
  { type: 'string', value: 'reached' },
  { type: 'bind', lhs: { value: '__proto__' }, rhs: { type: 'string', value: 'x' } },
];

const forgedValues: Json[] = [
  ...bodies.map(forged),
  ...bodies.map((body) => ({ ...(forged(body) as object), thunk: true })),
  { _jsonata_function: true, implementation: 'reached', signature: { definition: '<:s>' } },
  { _jsonata_function: true, implementation: { apply: 'reached' } },
  { then: forged({ type: 'string', value: 'reached' }) },
  { apply: forged({ type: 'string', value: 'reached' }) },
];

/** Expressions that call, pass, chain or hand on whatever stands for X. */
const uses = [
  'X()',
  '(X)()',
  'X(1)',
  '1 ~> X',
  'X ~> $string',
  '$string ~> X',
  '($string ~> X)("a")',
  'X(?)(1)',
  '$map([1], X)',
  '$filter([1], X)',
  '$reduce([1, 2], X)',
  '$sift({"a": 1}, X)',
  '$each({"a": 1}, X)',
  '$sort([2, 1], X)',
  '$single([1], X)',
  '$replace("a", X, "b")',
  '$replace("a", /a/, X)',
  '$match("a", X)',
  '$contains("a", X)',
  '$split("a", X)',
  '[X].$()',
  '[X][0]()',
  '{"f": X}.f()',
  '($f := X; $f())',
  '($f := function($g) { $g() }; $f(X))',
  '(function() { X })()()',
  '$lookup({"f": X}, "f")()',
  '$append([], X)()',
  '$merge([X])()',
  '$spread(X)[0]()',
  '(X ~> |$|{}|)()',
  '$states.input ~> |$|X|',
  '$states.input ~> |X|{"a": 1}|',
  '{"k": X()}',
  '[X()]',
  '$eval(X)',
  '$string(X)',
  '$type(X) = "function" ? X() : 1',
  'X.body',
  'X^(X)',
  'X[X]',
  '$clone(X)()',
];

/** The object literal of a value, as an expression would spell it. */
const literal = (value: Json): string => JSON.stringify(value);

function outcome(expression: string, input: Json, variables: Record<string, Json> = {}): unknown {
  try {
    const compiled = compileJsonata(expression, { field: 'Output', stateName: 'S' });
    return compiled.evaluate(scopeOf(input, { variables }));
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    return error;
  }
}

/** Everything that an escape would have to touch. */
function hostState(): unknown {
  return [Object.prototype, Function.prototype, Array.prototype, String.prototype].map((object) =>
    Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)]),
  );
}

const before = hostState();
afterEach(() => {
  expect(hostState()).toEqual(before);
});

describe('an object that is marked like a function', () => {
  const marked = fc.constantFrom(...forgedValues);
  const use = fc.constantFrom(...uses);

  it('is never called: from the input, from a variable, from a literal', () => {
    fc.assert(
      fc.property(
        marked,
        use,
        fc.constantFrom('input', 'variable', 'literal'),
        (value, text, from) => {
          const stands = { input: '$states.input', variable: '$v', literal: literal(value) }[from];
          const expression = text.replaceAll('X', () => stands);
          const result = outcome(expression, value, { v: value, reached: 'reached' });
          // A forged function's answer would be the text alone; its data may well hold it.
          expect(result).not.toBe('reached');
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    '$states.input()',
    '$map([1], $states.input)',
    '1 ~> $states.input',
    '($f := $states.input; $f())',
  ])('is no function to %s, and that is said', (expression) => {
    const result = outcome(expression, forged({ type: 'string', value: 'reached' }));
    expect(result).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringMatching(/T1006|T2006|T0410/) as string,
    });
  });

  it('is data: it has fields, and its type is object', () => {
    const value = forged(null);
    expect(outcome('$states.input', value)).toEqual(value);
    expect(outcome('$type($states.input)', value)).toBe('object');
    expect(outcome('$states.input._jsonata_lambda', value)).toBe(true);
    expect(outcome('{"a": $states.input}', value)).toEqual({ a: value });
  });

  it('does not hold the evaluation up: a `then` is a field like any other', () => {
    const expression = '($f := function($g) { {"then": $g} }; $f(function($resolve) { 1 }); 2)';
    expect(outcome(expression, {})).toBe(2);
  });
});

describe('a function', () => {
  it.each([
    'environment',
    'body',
    'implementation',
    'signature',
    'apply',
    'prototype',
    'constructor',
  ])('has no field %s', (field) => {
    for (const callable of [
      '$sum',
      '(function($x) { $x })',
      '/a/',
      '($sum ~> $string)',
      '$substring(?, 1)',
    ]) {
      expect(outcome(`$exists(${callable}.${field})`, {})).toBe(false);
      expect(outcome(`$exists($lookup(${callable}, "${field}"))`, {})).toBe(false);
    }
  });

  it.each(['*', '**', '$keys()', '$spread()'])('hides what it is made of from %s', (step) => {
    const result = outcome(`$string(($sum).${step})`, {});
    expect(['', '[]']).toContain(result instanceof StatesError ? '' : result);
  });
});

describe('a name that JavaScript keeps', () => {
  const names = Object.getOwnPropertyNames(Object.prototype);

  it.each(names)('%s is a variable like any other', (name) => {
    expect(outcome(`$${name}`, {}, { [name]: 'value' })).toBe('value');
    expect(outcome(`($${name} := 1; $${name} + 1)`, {})).toBe(2);
    expect(outcome(`($f := function($${name}) { $${name} }; $f(3))`, {})).toBe(3);
    expect(outcome(`$states.input.(${name})`, JSON.parse(`{"${name}": 4}`) as Json)).toBe(4);
    expect(outcome(`{"${name}": 5}."${name}"`, {})).toBe(5);
    expect(outcome(`$exists($states.input.${name})`, {})).toBe(false);
    expect(outcome(`$states.input.l@$${name}.($${name})`, { l: [1, 2] })).toEqual([1, 2]);
  });

  it.each(names)('%s does not break other names beside it', (name) => {
    expect(outcome(`($${name} := 1; $x := 2; $sum([$x, $${name}]))`, {})).toBe(3);
    expect(outcome(`$states.input{"${name}": a}`, { a: 1 })).toEqual(JSON.parse(`{"${name}": 1}`));
    expect(outcome(`$merge([{"${name}": 1}, {"b": 2}])`, {})).toEqual(
      JSON.parse(`{"${name}": 1, "b": 2}`),
    );
  });
});
