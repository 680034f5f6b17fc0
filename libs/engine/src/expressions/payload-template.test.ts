import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { compileTemplate } from './payload-template.ts';
import { scopeOf } from './scope.fixture.ts';
import { ExpressionSyntaxError } from './syntax-error.ts';

const where = { field: 'Parameters', stateName: 'S' };

describe('a payload template', () => {
  it('replaces the fields whose key ends in .$, at any depth', () => {
    const template: Json = {
      fixed: [1, { 'deep.$': '$.a' }],
      'name.$': '$.b.c',
      'id.$': '$$.Execution.Id',
      'sum.$': 'States.MathAdd($.a, 1)',
      'plain.': '$.a',
      none: null,
    };
    const scope = scopeOf({ a: 1, b: { c: null } }, { context: { Execution: { Id: 'e' } } });
    expect(compileTemplate(template, where).evaluate(scope)).toEqual({
      fixed: [1, { deep: 1 }],
      name: null,
      id: 'e',
      sum: 2,
      'plain.': '$.a',
      none: null,
    });
  });

  it('is itself when there is nothing to replace', () => {
    const template: Json = { a: ['$.b', { c: 1 }] };
    const compiled = compileTemplate(template, where);
    expect(compiled.constant).toBe(true);
    expect(compiled.evaluate(scopeOf({}))).toBe(template);
  });

  it('names the key in the cause of a path that matches nothing', () => {
    const compiled = compileTemplate({ a: { 'b.$': '$.none' } }, where);
    expect(() => compiled.evaluate(scopeOf({}))).toThrow(/specified for the field 'b\.\$'/);
  });

  it.each<Json>([
    { 'a.$': 1 },
    { 'a.$': 'text' },
    { 'a.$': 'States.None()' },
    { 'a.$': '$.x', a: 1 },
    [{ 'a.$': null }],
  ])('refuses %j', (template) => {
    expect(() => compileTemplate(template, where)).toThrow(ExpressionSyntaxError);
  });
});
