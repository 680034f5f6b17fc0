import { describe, expect, it } from 'vitest';
import type { Json } from '../../json.ts';
import { ExpressionSyntaxError } from '../syntax-error.ts';
import { thrownBy } from '../scope.fixture.ts';
import { compileReferencePath } from './reference-path.ts';

const where = { field: 'ResultPath', stateName: 'S' };

describe('a reference path', () => {
  it.each<[string, Json, Json]>([
    ['$', { a: 1 }, 'new'],
    ['$.b', { a: 1 }, { a: 1, b: 'new' }],
    ['$.a', { a: 1 }, { a: 'new' }],
    ['$.b.c.d', { a: 1 }, { a: 1, b: { c: { d: 'new' } } }],
    ["$['b c']", {}, { 'b c': 'new' }],
    ['$.list[1]', { list: [1, 2, 3] }, { list: [1, 'new', 3] }],
    ['$.list[0].x', { list: [{}] }, { list: [{ x: 'new' }] }],
  ])('%s sets its place in %j', (path, input, output) => {
    expect(compileReferencePath(path, where).set(input, 'new')).toEqual(output);
  });

  it.each<[string, Json]>([
    ['$.a', 'text'],
    ['$.a', [1]],
    ['$.a.b', { a: 'text' }],
    ['$.list[3]', { list: [1] }],
    ['$.list[0]', { list: {} }],
    ['$.list[0]', {}],
  ])('%s cannot be applied to %j', (path, input) => {
    expect(thrownBy(() => compileReferencePath(path, where).set(input, 1))).toMatchObject({
      error: 'States.ResultPathMatchFailure',
      cause: `Unable to apply ReferencePath ${path} to input ${JSON.stringify(input)}`,
    });
  });

  it.each([
    '$.*',
    '$..a',
    '$.a[*]',
    '$.a[0:1]',
    '$.a[?(@.b)]',
    '$.a.length()',
    '$$.a',
    '$v',
    '$.a[-1]',
  ])('names one place, which %s does not', (path) => {
    expect(() => compileReferencePath(path, where)).toThrow(ExpressionSyntaxError);
  });
});
