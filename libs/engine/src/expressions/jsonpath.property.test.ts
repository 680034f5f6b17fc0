import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { compilePath, compileReferencePath } from './jsonpath.ts';
import { scopeOf } from './scope.fixture.ts';

const where = { field: 'x.$', stateName: 'S' };

/** JSON with few different keys, so that random paths often hit something. */
const keys = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const { tree: json } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<Json>(null, true, 0, 1, 'x', ''),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.array(fc.tuple(keys, tie('tree')), { maxLength: 4 }).map(ownEntries),
  ),
}));

function ownEntries(entries: [string, Json][]): Json {
  return JSON.parse(
    `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
  ) as Json;
}

type Step = { name: string } | { index: number } | { any: true } | { below: string };
const steps = fc.array(
  fc.oneof(
    keys.map((name): Step => ({ name })),
    fc.integer({ min: -3, max: 3 }).map((index): Step => ({ index })),
    fc.constant<Step>({ any: true }),
    keys.map((below): Step => ({ below })),
  ),
  { maxLength: 4 },
);

function textOf(path: readonly Step[]): string {
  return `$${path
    .map((step) => {
      if ('name' in step) return `['${step.name}']`;
      if ('index' in step) return `[${String(step.index)}]`;
      return 'any' in step ? '[*]' : `..${step.below}`;
    })
    .join('')}`;
}

/** The meaning of a path, said as simply as possible: every step maps a list of values to a list. */
function oracle(path: readonly Step[], root: Json): Json[] {
  let values: Json[] = [root];
  for (const step of path) values = values.flatMap((value) => oracleStep(step, value));
  return values;
}

function oracleStep(step: Step, value: Json): Json[] {
  if ('below' in step)
    return descendants(value).flatMap((item) => oracleStep({ name: step.below }, item));
  if (typeof value !== 'object' || value === null) return [];
  if ('any' in step) return Object.values(value);
  if ('index' in step) return Array.isArray(value) ? value.slice(step.index).slice(0, 1) : [];
  if (Array.isArray(value)) return [];
  return Object.entries(value)
    .filter(([key]) => key === step.name)
    .map(([, item]) => item);
}

function descendants(value: Json): Json[] {
  if (typeof value !== 'object' || value === null) return [value];
  return [value, ...Object.values(value).flatMap(descendants)];
}

describe('a path', () => {
  it('finds what a naive reading of its steps finds', () => {
    fc.assert(
      fc.property(steps, json, (path, input) => {
        const definite = path.every((step) => 'name' in step || 'index' in step);
        // slice(-5)[0] of a short array is its first item: indices below the start match nothing
        fc.pre(!path.some((step) => 'index' in step && step.index < 0 && !definite));
        const expected = oracle(path, input);
        const found = compilePath(textOf(path), where).find(scopeOf(input));
        if (!definite) expect(found).toEqual(expected);
        else if (!path.some((step) => 'index' in step && step.index < 0)) {
          expect(found).toEqual(expected[0]);
        }
      }),
    );
  });

  it('counts a negative index from the end of its array', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 5 }),
        fc.integer({ min: -6, max: -1 }),
        (array, index) => {
          const found = compilePath(`$[${String(index)}]`, where).find(scopeOf(array));
          expect(found).toBe(array.at(index));
        },
      ),
    );
  });

  it('never throws anything but its own errors, whatever the text', () => {
    const text = fc.array(
      fc.constantFrom(
        '$',
        '.',
        '..',
        '[',
        ']',
        '(',
        ')',
        '?',
        '@',
        "'",
        '"',
        '*',
        ':',
        ',',
        '-',
        '1',
        'a',
        ' ',
        '==',
        '&&',
        '!',
        '\\',
        '/',
        'in',
        'length()',
      ),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(text, json, (parts, input) => {
        let path;
        try {
          path = compilePath(`$${parts.join('')}`, where);
        } catch (error) {
          expect((error as Error).name).toBe('ExpressionSyntaxError');
          return;
        }
        path.find(scopeOf(input));
      }),
      { numRuns: 500 },
    );
  });
});

describe('setting a reference path', () => {
  const names = fc.array(keys, { minLength: 1, maxLength: 4 });
  const text = (path: readonly string[]) => `$${path.map((name) => `['${name}']`).join('')}`;

  it('puts a value where reading the same path finds it, and leaves the rest alone', () => {
    fc.assert(
      fc.property(names, json, json, (path, input, value) => {
        const before = JSON.stringify(input);
        let output: Json;
        try {
          output = compileReferencePath(text(path), where).set(input, value);
        } catch (error) {
          expect((error as { error?: string }).error).toBe('States.ResultPathMatchFailure');
          return;
        }
        expect(compilePath(text(path), where).evaluate(scopeOf(output))).toEqual(value);
        expect(JSON.stringify(input)).toBe(before);
        const others = Object.entries(input as object).filter(([key]) => key !== path[0]);
        expect(Object.entries(output as object).filter(([key]) => key !== path[0])).toEqual(others);
      }),
    );
  });

  it('gives the last of two values put at the same place', () => {
    fc.assert(
      fc.property(names, json, json, (path, first, second) => {
        const place = compileReferencePath(text(path), where);
        expect(place.set(place.set({}, first), second)).toEqual(place.set({}, second));
      }),
    );
  });
});

it('does not touch the prototype of anything when it sets __proto__', () => {
  const output = compileReferencePath('$.__proto__.polluted', where).set({}, true);
  expect(JSON.stringify(output)).toBe('{"__proto__":{"polluted":true}}');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
